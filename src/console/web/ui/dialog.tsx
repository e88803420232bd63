import * as RadixAlert from '@radix-ui/react-alert-dialog'
import * as Radix from '@radix-ui/react-dialog'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button, IconButton } from './button'
import styles from './dialog.module.css'
import { Icon } from './icons'

interface DialogProps {
  title: string
  description?: ReactNode
  children: ReactNode
  onClose(): void
}

/** Open for as long as it is rendered. */
export function Dialog({ title, description, children, onClose }: DialogProps): ReactNode {
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.dialog}
          onCloseAutoFocus={useFocusReturn()}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className={styles.heading}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close">
                <Icon name="close" />
              </IconButton>
            </Radix.Close>
          </div>
          {description && <Radix.Description className={styles.description}>{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface SheetProps {
  title: string
  from: 'start' | 'end'
  children: ReactNode
  onClose(): void
}

/** A panel that slides over the page on a narrow screen. Its content shows the title. */
export function Sheet({ title, from, children, onClose }: SheetProps): ReactNode {
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={styles.sheet}
          data-from={from}
          aria-describedby={undefined}
          onCloseAutoFocus={useFocusReturn()}
        >
          <Radix.Title className="visually-hidden">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ConfirmDialogProps {
  title: string
  /** What happens then. */
  description: string
  /** The verb of the button, such as "Revoke Key". */
  action: string
  onConfirm(): void
  onClose(): void
}

export function ConfirmDialog({ title, description, action, onConfirm, onClose }: ConfirmDialogProps): ReactNode {
  return (
    <RadixAlert.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={styles.scrim} />
        <RadixAlert.Content className={styles.dialog} onCloseAutoFocus={useFocusReturn()}>
          <RadixAlert.Title className={styles.title}>{title}</RadixAlert.Title>
          <RadixAlert.Description className={styles.description}>{description}</RadixAlert.Description>
          <div className={styles.actions}>
            <RadixAlert.Cancel asChild>
              <Button>Cancel</Button>
            </RadixAlert.Cancel>
            <RadixAlert.Action asChild onClick={onConfirm}>
              <Button look="danger">{action}</Button>
            </RadixAlert.Action>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}

/** Gives the focus back to what opened the dialog, unless it is somewhere else already, such as on the next page's title. */
function useFocusReturn(): (event: Event) => void {
  const [opener] = useState(() => document.activeElement)
  return (event) => {
    event.preventDefault()
    if (document.activeElement === document.body && opener instanceof HTMLElement) {
      opener.focus()
    }
  }
}
