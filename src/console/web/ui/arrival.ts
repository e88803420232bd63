import type { GuideStepId } from '../../server/api'

/** An element with a `data-guide` attribute is the control of that step of the guide. */
const MARKED = 'data-guide'
const FOCUSABLE = 'input, button, a'

let leave = (): void => undefined

/**
 * Moves the focus to the title of the page, so that a screen reader announces it, and from there to the control of a
 * step. Both may still be loading. Whoever presses a key or the mouse meanwhile has gone on, and keeps the focus.
 */
export function arrive(step = ''): void {
  leave()
  const left = new AbortController()
  const observer = new MutationObserver(look)
  leave = () => {
    observer.disconnect()
    left.abort()
  }
  let hasTitle = false

  function look(): void {
    const title = document.querySelector<HTMLElement>('main h1')
    if (title !== null && !hasTitle) {
      hasTitle = true
      title.focus({ preventScroll: true })
    }
    if (hasTitle && (step === '' || showControl(step))) {
      leave()
    }
  }

  for (const event of ['keydown', 'pointerdown']) {
    document.addEventListener(event, leave, { capture: true, signal: left.signal })
  }
  observer.observe(document.body, { childList: true, subtree: true })
  look()
}

/**
 * Focuses the control of a step and marks it until it loses the focus.
 *
 * @returns false if the page does not have it
 */
export function showControl(step: string): boolean {
  const marked = controlOf(step)
  if (marked === undefined) {
    return false
  }
  focusOn(marked)
  marked.scrollIntoView({ block: 'center' })
  marked.dataset.shown = ''
  marked.addEventListener('focusout', () => delete marked.dataset.shown, { once: true })
  return true
}

/** Focuses the control of a step without a mark, for a form that goes on to it by itself. */
export function goOnTo(step: GuideStepId): void {
  const control = controlOf(step)
  if (control !== undefined) {
    focusOn(control)
  }
}

function controlOf(step: string): HTMLElement | undefined {
  const all = document.querySelectorAll<HTMLElement>(`[${MARKED}="${CSS.escape(step)}"]`)
  return [...all].find((element) => element.checkVisibility())
}

function focusOn(element: HTMLElement): void {
  const inside = () =>
    element.querySelector<HTMLElement>('input:checked') ?? element.querySelector<HTMLElement>(FOCUSABLE)
  const target = element.matches(FOCUSABLE) ? element : inside()
  target?.focus({ preventScroll: true })
}
