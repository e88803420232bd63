import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { ReactNode } from 'react'
import styles from './json-editor.module.css'
import { completeFromSpec } from './spec-completion'
import { lintAgainstSpec } from './spec-lint'
import { editorTheme, highlightStyle } from './theme'

export interface JsonEditorProps {
  label: string
  /** The text that it starts with. Another one replaces what was written. */
  text: string
  onChange(text: string): void
}

export default function CodeMirror({ label, text, onChange }: JsonEditorProps): ReactNode {
  const element = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const changed = useEffectEvent(onChange)

  const create = useEffectEvent((parent: HTMLElement) => {
    const extensions = [
      ...BASICS,
      SPEC,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of(({ docChanged, state }) => docChanged && changed(state.doc.toString()))
    ]
    return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) })
  })

  useEffect(() => {
    if (element.current !== null) {
      view.current = create(element.current)
    }
    return () => view.current?.destroy()
  }, [])

  useEffect(() => {
    const current = view.current
    if (current !== undefined && current.state.doc.toString() !== text) {
      current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } })
    }
  }, [text])

  return <div ref={element} className={styles.editor} />
}

/** Tab leaves the editor, so that it is no trap for the keyboard. */
const BASICS: Extension[] = [
  lineNumbers(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  json(),
  linter(jsonParseLinter()),
  lintGutter(),
  syntaxHighlighting(highlightStyle),
  editorTheme,
  EditorView.lineWrapping,
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap])
]

const SPEC: Extension = [autocompletion({ override: [completeFromSpec] }), linter(lintAgainstSpec)]
