import type { ReactNode } from 'react'
import { Dot } from './badge'
import type { Tone } from './badge'
import styles from './steps.module.css'

export function Steps({ children }: { children: ReactNode }): ReactNode {
  return <ol className={styles.steps}>{children}</ol>
}

interface StepProps {
  title: ReactNode
  tone: Tone
  /** One line below the title. */
  summary?: ReactNode
  children?: ReactNode
}

export function Step({ title, tone, summary, children }: StepProps): ReactNode {
  return (
    <li className={styles.step}>
      <div className={styles.mark}>
        <Dot tone={tone} />
      </div>
      <div className={styles.content}>
        <div>
          <h3>{title}</h3>
          {summary && <p className={styles.summary}>{summary}</p>}
        </div>
        {children}
      </div>
    </li>
  )
}

interface FoldProps {
  title: string
  isOpen?: boolean
  children: ReactNode
}

/** Details that can be opened. */
export function Fold({ title, isOpen, children }: FoldProps): ReactNode {
  return (
    <details className={styles.fold} open={isOpen}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
