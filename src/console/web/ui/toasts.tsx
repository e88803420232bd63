import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { IconButton } from './button'
import { Icon } from './icons'
import styles from './toasts.module.css'

type Kind = 'good' | 'warn' | 'bad'

type ShowToast = (text: string, kind?: Kind) => void

interface Toast {
  id: number
  text: string
  kind: Kind
}

const ShowContext = createContext<ShowToast>(() => undefined)
const ShownContext = createContext<{ toast?: Toast; dismiss(): void }>({ dismiss: () => undefined })

/** For what happened out of sight. Results that belong to a form are shown in the form. */
export const useToast = (): ShowToast => use(ShowContext)

/** Keeps the newest toast. `ToastPlace` shows it. */
export function Toasts({ children }: { children: ReactNode }): ReactNode {
  const [toast, setToast] = useState<Toast>()
  const show = useCallback<ShowToast>(
    (text, kind = 'good') => setToast((last) => ({ id: (last?.id ?? 0) + 1, text, kind })),
    []
  )
  return (
    <ShowContext value={show}>
      <ShownContext value={{ toast, dismiss: () => setToast(undefined) }}>{children}</ShownContext>
    </ShowContext>
  )
}

/** A place of its own for the toast, so that it covers nothing. Each width of the screen has its own. */
export function ToastPlace({ on }: { on: 'narrow' | 'wide' }): ReactNode {
  const { toast, dismiss } = use(ShownContext)
  const isHere = useSyncExternalStore(subscribe, () => NARROW.matches === (on === 'narrow'))
  return (
    // It is there before its text is, because only then a screen reader announces the text.
    <div className={styles.place} role="status">
      {toast && isHere && <ShownToast key={toast.id} toast={toast} dismiss={dismiss} />}
    </div>
  )
}

function ShownToast({ toast: { text, kind }, dismiss }: { toast: Toast; dismiss(): void }): ReactNode {
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    const timer = isHeld ? undefined : setTimeout(dismiss, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [isHeld, dismiss])
  const hold = () => setIsHeld(true)
  const release = () => setIsHeld(false)
  return (
    <div
      className={styles.toast}
      data-kind={kind}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <p className={styles.text}>{text}</p>
      <IconButton label="Dismiss" onClick={dismiss}>
        <Icon name="close" />
      </IconButton>
    </div>
  )
}

/** Milliseconds. */
const SHOWN_FOR = 6_000

/** As in the style sheet: the sidebar is hidden. */
const NARROW = window.matchMedia('(max-width: 860px)')

function subscribe(listener: () => void): () => void {
  NARROW.addEventListener('change', listener)
  return () => NARROW.removeEventListener('change', listener)
}
