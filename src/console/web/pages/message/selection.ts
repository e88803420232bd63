import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useLocation, useSearchParams } from 'wouter'

interface Selection {
  selected: string | undefined
  hrefOf(id: string): string
  select(id: string | undefined): void
}

/** The message that is shown beside the list: the one in the page's query, so that it can be shared and reloaded. */
export function useSelection(): Selection {
  const [location] = useLocation()
  const [params, setParams] = useSearchParams()
  const selected = params.get('message') ?? undefined
  return {
    selected,
    hrefOf: (id) => `${location}?${withMessage(params, id)}`,
    // The Back button leads to the list, and not through all messages that were looked at.
    select: (id) =>
      id !== selected && setParams((current) => withMessage(current, id), { replace: selected !== undefined })
  }
}

export interface Steps {
  /** Absent at the start of the list, and for a message that is not in it. */
  previous?: () => void
  next?: () => void
  close(): void
}

/** The ways to the neighbours of the selected message, and back to the list: for buttons, and by the arrow keys and Escape. */
export function useSteps(items: { id: string }[], { selected, select }: Selection, isEnabled: boolean): Steps {
  const index = items.findIndex(({ id }) => id === selected)
  const hasPlace = selected === undefined || index >= 0
  const stepTo = (item: { id: string } | undefined) => (item && hasPlace ? () => select(item.id) : undefined)
  const steps: Steps = {
    previous: stepTo(items[index - 1]),
    next: stepTo(items[index + 1]),
    close() {
      document.querySelector<HTMLElement>('main li > a[aria-current]')?.focus({ preventScroll: true })
      select(undefined)
    }
  }

  const follow = useEffectEvent((event: KeyboardEvent) => {
    const step = { ArrowUp: steps.previous, ArrowDown: steps.next, Escape: selected && steps.close }[event.key]
    if (isEnabled && step && !isTaken(event)) {
      event.preventDefault()
      step()
    }
  })
  useEffect(() => {
    document.addEventListener('keydown', follow)
    return () => document.removeEventListener('keydown', follow)
  }, [])
  return steps
}

/** Whether there is room for a message beside the list. Undefined before the element was measured. */
export function useRoomBeside(): [RefObject<HTMLDivElement | null>, boolean | undefined] {
  const element = useRef<HTMLDivElement>(null)
  const [hasRoom, setHasRoom] = useState<boolean>()
  useLayoutEffect(() => {
    const measure = () => element.current && setHasRoom(element.current.clientWidth >= ENOUGH)
    measure()
    const observer = new ResizeObserver(measure)
    if (element.current) {
      observer.observe(element.current)
    }
    return () => observer.disconnect()
  }, [])
  return [element, hasRoom]
}

/** Pixels. */
const ENOUGH = 940

/** Whether something else has a use for the key: fields, code that scrolls, dialogs. */
function isTaken({ target, defaultPrevented, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  const others = 'input, textarea, select, pre, [role="dialog"], [role="alertdialog"], [role="tablist"]'
  const isElsewhere = target instanceof Element && target.closest(others) !== null
  return defaultPrevented || altKey || ctrlKey || metaKey || shiftKey || isElsewhere
}

function withMessage(params: URLSearchParams, id: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(params)
  if (id === undefined) {
    changed.delete('message')
  } else {
    changed.set('message', id)
  }
  return changed
}
