import { useSyncExternalStore } from 'react'

/**
 * Whether the reader is somewhere in a list: scrolled down, or with the mouse or the keyboard on a row. A list that grows
 * at its top would move then.
 */
export function useIsReading(): boolean {
  return useSyncExternalStore(subscribe, () => window.scrollY > SCROLLED || isOn(':focus') || isMouseOnRow)
}

/** Pixels. */
const SCROLLED = 120

const ROW = 'main li > a'

/** A row that appears under a mouse at rest does not count: nobody has pointed at it. */
let isMouseOnRow = false

function isOn(state: ':focus' | ':hover'): boolean {
  return document.querySelector(`${ROW}${state}`) !== null
}

const EVENTS = ['scroll', 'focusin', 'focusout', 'pointermove'] as const

function subscribe(listener: () => void): () => void {
  const follow = (event: Event) => {
    if (event.type === 'pointermove') {
      isMouseOnRow = (event as PointerEvent).pointerType === 'mouse' && isOn(':hover')
    }
    listener()
  }
  const leave = () => {
    isMouseOnRow = false
    listener()
  }
  EVENTS.forEach((event) => document.addEventListener(event, follow, { passive: true }))
  document.documentElement.addEventListener('pointerleave', leave)
  return () => {
    isMouseOnRow = false
    EVENTS.forEach((event) => document.removeEventListener(event, follow))
    document.documentElement.removeEventListener('pointerleave', leave)
  }
}
