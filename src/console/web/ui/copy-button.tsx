import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button'
import type { ButtonProps } from './button'
import { Code } from './code'
import { Dialog } from './dialog'
import { Icon } from './icons'

interface CopyButtonProps extends ButtonProps {
  /** The name of the button, such as "Copy API key". */
  label: string
  text: string | (() => Promise<string>)
  onCopied?(): void
}

/** Copies a text, or shows it if the browser does not allow that. */
export function CopyButton({ label, text, onCopied, ...props }: CopyButtonProps): ReactNode {
  const [isCopied, setIsCopied] = useState(false)
  const [refused, setRefused] = useState<string>()

  useEffect(() => {
    if (isCopied) {
      const timer = setTimeout(() => setIsCopied(false), SHOWN_FOR)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [isCopied])

  async function copy(): Promise<void> {
    const copied = typeof text === 'string' ? Promise.resolve(text) : text()
    try {
      await write(copied)
      setIsCopied(true)
      onCopied?.()
    } catch {
      // Either the clipboard refuses, or there is no text, whose error is the message then.
      setRefused(await copied.catch((error: Error) => error.message))
    }
  }

  return (
    <>
      <Button {...props} onClick={() => void copy()}>
        <Icon name={isCopied ? 'check' : 'copy'} />
        <span aria-live="polite">{isCopied ? 'Copied' : label}</span>
      </Button>
      {refused !== undefined && (
        <Dialog
          title="Not copied"
          description="The browser does not let this page use the clipboard. Select the text and copy it yourself."
          onClose={() => setRefused(undefined)}
        >
          <div onCopy={onCopied}>
            <Code label="Text to copy">{refused}</Code>
          </div>
        </Dialog>
      )}
    </>
  )
}

/** Starts within the click, even if the text is still on its way: Safari allows it only then. */
async function write(text: Promise<string>): Promise<void> {
  const blob = text.then((value) => new Blob([value], { type: 'text/plain' }))
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
}

/** Milliseconds. */
const SHOWN_FOR = 2_000
