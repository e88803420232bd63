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

interface FormActionsProps {
  /** At the other end, such as a button that deletes. */
  apart?: ReactNode
  children: ReactNode
}

/** The buttons at the end of a form or a dialog. */
export function FormActions({ apart, children }: FormActionsProps): ReactNode {
  return (
    <div className={styles.actions}>
      {apart && <div className={styles.apart}>{apart}</div>}
      {children}
    </div>
  )
}

/** A field and the buttons that go with it, on one line if there is room. */
export function FieldWithButtons({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.fieldWithButtons}>{children}</div>
}

/** Search and filters above a list. */
export function Toolbar({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.toolbar}>{children}</div>
}
