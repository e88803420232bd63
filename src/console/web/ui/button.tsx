import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'
import type { GuideStepId } from '../../server/api'
import styles from './button.module.css'

type Look = 'plain' | 'primary' | 'danger' | 'quiet'

export type ButtonProps = ComponentProps<'button'> & { look?: Look }

export function Button({ look = 'plain', className = '', type = 'button', ...props }: ButtonProps): ReactNode {
  return <button type={type} className={`${styles.button} ${styles[look] ?? ''} ${className}`} {...props} />
}

/** A button that shows an icon only. */
export function IconButton({ label, className = '', ...props }: ButtonProps & { label: string }): ReactNode {
  return <Button look="quiet" aria-label={label} title={label} className={`${styles.icon} ${className}`} {...props} />
}

/** A link that looks like a button, because it is the main thing to do on a page. */
export function ButtonLink({
  to,
  look = 'plain',
  guide,
  children
}: {
  to: string
  look?: Look
  /** The step of the guide that it is the control of. */
  guide?: GuideStepId
  children: ReactNode
}): ReactNode {
  return (
    <Link href={to} className={`${styles.button} ${styles[look] ?? ''}`} data-guide={guide}>
      {children}
    </Link>
  )
}
