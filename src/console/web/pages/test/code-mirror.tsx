import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { linter, lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { ReactNode } from 'react'
import { completeFromSpec, lintAgainstSpec } from './spec-support'
import styles from './test-page.module.css'

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

/** The console's own colours, so that the editor follows its theme. */
const editorTheme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--text)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '480px', minHeight: '260px' },
  '.cm-content': { caretColor: 'var(--text)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--text-faint)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection': {
    backgroundColor: 'var(--accent-tint)'
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    boxShadow: 'var(--shadow-high)',
    color: 'var(--text)',
    maxWidth: 'min(420px, 90vw)'
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent-solid)', color: '#fff' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-completionInfo': { fontFamily: 'var(--sans)', fontSize: '13px', padding: '6px 10px' },
  '.cm-diagnostic': { fontFamily: 'var(--sans)', fontSize: '13px', padding: '6px 10px' }
})

const highlightStyle = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--syntax-key)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--syntax-atom)' }
])

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
