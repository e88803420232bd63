import { useEffect, useState } from 'react'
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './button.module.css'
import { Icon } from './icons'

type Look = 'plain' | 'primary' | 'danger' | 'quiet'

type ButtonProps = ComponentProps<'button'> & { look?: Look }

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
  children
}: {
  to: string
  look?: Look
  children: ReactNode
}): ReactNode {
  return (
    <Link href={to} className={`${styles.button} ${styles[look] ?? ''}`}>
      {children}
    </Link>
  )
}

interface CopyButtonProps {
  /** The name of the button, such as "Copy API key". */
  label: string
  text: string | (() => Promise<string>)
  onCopied?(): void
}

export function CopyButton({ label, text, onCopied }: CopyButtonProps): ReactNode {
  const [isCopied, setIsCopied] = useState(false)

  useEffect(() => {
    if (isCopied) {
      const timer = setTimeout(() => setIsCopied(false), SHOWN_FOR)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [isCopied])

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : await text())
    setIsCopied(true)
    onCopied?.()
  }

  return (
    <Button onClick={() => void copy()}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
    </Button>
  )
}

/** Milliseconds. */
const SHOWN_FOR = 2_000
