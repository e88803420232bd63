import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'
import type { LiveList } from '../data/use-live-list'

/** Pixels that the list's header covers while it is scrolled. */
export const HEADER_HEIGHT = 40

interface VirtualRows {
  element: RefObject<HTMLUListElement | null>
  /** The rows on the screen and a few more. `top` is a number of pixels from the top of the list. */
  rows: { index: number; top: number }[]
  rowHeight: number
  /** Of the whole list, in pixels. */
  height: number
  /** Scrolls as little as it takes to show a row. */
  scrollTo(index: number): void
}

/** Which rows of a long list exist. Loads more as its end comes near. */
export function useVirtualRows({ items, loadMore }: LiveList<unknown>): VirtualRows {
  const element = useRef<HTMLUListElement>(null)
  const [offset, setOffset] = useState(0)
  const rowHeight = useIsNarrow() ? 60 : 42

  useLayoutEffect(() => setOffset((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [items.length])

  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: offset,
    scrollPaddingStart: HEADER_HEIGHT
  })
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer])

  const rows = virtualizer.getVirtualItems().map(({ index, start }) => ({ index, top: start - offset }))
  const isAtEnd = (rows.at(-1)?.index ?? 0) >= items.length - 10
  const loadNext = useEffectEvent(() => loadMore?.())
  useEffect(() => {
    if (isAtEnd && items.length > 0) {
      loadNext()
    }
  }, [isAtEnd, items.length])

  return {
    element,
    rows,
    rowHeight,
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' })
  }
}

const NARROW = matchMedia('(max-width: 720px)')

/** Whether rows have two lines, as in the style sheets' `@media (max-width: 720px)`. */
function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => NARROW.matches)
}

function subscribe(listener: () => void): () => void {
  NARROW.addEventListener('change', listener)
  return () => NARROW.removeEventListener('change', listener)
}
