import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import type { JsonEditorProps } from './code-mirror'
import styles from './json-editor.module.css'

const CodeMirror = lazy(() => import('./code-mirror'))

/** The editor is loaded when a page shows it, because it is larger than all the rest. */
export function JsonEditor(props: JsonEditorProps): ReactNode {
  return (
    <Suspense fallback={<div className={styles.loading}>Loading the editor …</div>}>
      <CodeMirror {...props} />
    </Suspense>
  )
}
