import * as Toast from '@radix-ui/react-toast'
import { createContext, use, useState } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from './button'
import { Icon } from './icons'
import styles from './toasts.module.css'

type Kind = 'good' | 'warn' | 'bad'

type ShowToast = (text: string, kind?: Kind) => void

const ToastContext = createContext<ShowToast>(() => undefined)

/** For what happened out of sight. Results that belong to a form are shown in the form. */
export const useToast = (): ShowToast => use(ToastContext)

export function Toasts({ children }: { children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<{ id: number; text: string; kind: Kind }[]>([])

  const show: ShowToast = (text, kind = 'good') =>
    setToasts((shown) => [...shown.slice(1 - MAX_SHOWN), { id: (shown.at(-1)?.id ?? 0) + 1, text, kind }])

  return (
    <ToastContext value={show}>
      <Toast.Provider duration={DURATION} label="Notification">
        {children}
        {toasts.map(({ id, text, kind }) => (
          <Toast.Root
            key={id}
            className={styles.toast}
            data-kind={kind}
            type={kind === 'bad' ? 'foreground' : 'background'}
            onOpenChange={(isOpen) => isOpen || setToasts((shown) => shown.filter((toast) => toast.id !== id))}
          >
            <Toast.Description className={styles.text}>{text}</Toast.Description>
            <Toast.Close asChild>
              <IconButton label="Dismiss">
                <Icon name="close" />
              </IconButton>
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className={styles.viewport} />
      </Toast.Provider>
    </ToastContext>
  )
}

const MAX_SHOWN = 3

/** Milliseconds. */
const DURATION = 6_000
