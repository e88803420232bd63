import { useSyncExternalStore } from 'react'

/**
 * Whether the reader is somewhere in a list: scrolled down, or with the keyboard on a row. A list that grows at its top
 * would move then.
 */
export function useIsReading(): boolean {
  return useSyncExternalStore(subscribe, () => {
    const isOnRow = document.activeElement?.closest('main li > a') !== null && document.activeElement !== document.body
    return window.scrollY > SCROLLED || isOnRow
  })
}

/** Pixels. */
const SCROLLED = 120

function subscribe(listener: () => void): () => void {
  window.addEventListener('scroll', listener, { passive: true })
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    window.removeEventListener('scroll', listener)
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}
