import type { ReactNode } from 'react'
import styles from './form.module.css'

export function Form({ onSubmit, children }: { onSubmit(): void; children: ReactNode }): ReactNode {
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}

/** The buttons at the end of a form or a dialog. */
export function FormActions({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.actions}>{children}</div>
}

/** Search and filters above a list. */
export function Toolbar({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.toolbar}>{children}</div>
}
