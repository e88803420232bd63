import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import styles from './json-editor.module.css'

export interface JsonEditorProps {
  label: string
  /** The text that it starts with. Another one replaces what was written. */
  text: string
  onChange(text: string): void
  /** `event`: knows Segment's Spec. `json`: knows only the syntax. */
  language: 'event' | 'json'
}

const CodeMirror = lazy(() => import('./code-mirror'))

/** The editor is loaded when a page shows it, because it is larger than all the rest. */
export function JsonEditor(props: JsonEditorProps): ReactNode {
  return (
    <Suspense fallback={<div className={styles.loading}>Loading the editor …</div>}>
      <CodeMirror {...props} />
    </Suspense>
  )
}
