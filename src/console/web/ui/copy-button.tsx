import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { Icon } from './icons'

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
