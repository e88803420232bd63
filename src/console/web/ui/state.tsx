import type { ReactNode } from 'react'
import { ApiError } from '../../client/call'
import styles from './state.module.css'

interface EmptyProps {
  title: string
  /** What to do next. */
  children: ReactNode
  actions?: ReactNode
}

export function Empty({ title, children, actions }: EmptyProps): ReactNode {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {actions && <div className={styles.emptyActions}>{actions}</div>}
    </div>
  )
}

type BannerKind = 'good' | 'bad' | 'warn' | 'info' | 'idle'

/** A sentence about the thing that is shown, with what can be done about it. */
export function Banner({
  kind,
  children,
  action
}: {
  kind: BannerKind
  children: ReactNode
  action?: ReactNode
}): ReactNode {
  return (
    <div className={styles.banner} data-kind={kind} role={kind === 'bad' ? 'alert' : 'status'}>
      <div>{children}</div>
      {action}
    </div>
  )
}

interface LoadedProps<Value> {
  query: { data: Value | undefined; error: Error | null }
  /** What to show if it does not exist (any more). */
  missing?: ReactNode
  children(value: Value): ReactNode
}

/** The value of a query once it is there, and until then why it is not. */
export function Loaded<Value>({ query: { data, error }, missing, children }: LoadedProps<Value>): ReactNode {
  if (error instanceof ApiError && error.status === 404 && missing) {
    return missing
  }
  if (data !== undefined) {
    return children(data)
  }
  return error ? <Banner kind="bad">{error.message}</Banner> : <p className={styles.loading}>Loading …</p>
}
