import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { formatNumber } from '../data/format'
import type { LiveList as List } from '../data/use-live-list'
import { useIsNarrow } from '../data/use-is-narrow'
import styles from './live-list.module.css'
import { Banner } from './state'

interface LiveListProps<Item> {
  label: string
  list: List<Item>
  /** CSS grid columns, on a wide screen and on a narrow one (two lines a row). */
  columns: string
  narrowColumns: string
  keyOf(item: Item): string
  linkOf(item: Item): string
  cellsOf(item: Item): ReactNode
  /** The noun of the count, such as "Users". */
  noun: string
  empty: ReactNode
}

/** A long list of links, of which only the rows on the screen exist. */
export function LiveList<Item>(props: LiveListProps<Item>): ReactNode {
  const { label, list, columns, narrowColumns, keyOf, linkOf, cellsOf, noun, empty } = props
  const { items, loadMore } = list
  const element = useRef<HTMLUListElement>(null)
  const [offset, setOffset] = useState(0)
  const rowHeight = useIsNarrow() ? 60 : 42

  useLayoutEffect(() => setOffset((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY), [items.length])

  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: offset
  })
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer])

  const rows = virtualizer.getVirtualItems()
  const isAtEnd = (rows.at(-1)?.index ?? 0) >= items.length - 10
  const loadNext = useEffectEvent(() => loadMore?.())
  useEffect(() => {
    if (isAtEnd && items.length > 0) {
      loadNext()
    }
  }, [isAtEnd, items.length])

  if (list.error && items.length === 0) {
    return <Banner kind="bad">{list.error.message}</Banner>
  }
  if (items.length === 0) {
    return list.isLoading ? null : empty
  }
  const style = { '--columns': columns, '--columns-narrow': narrowColumns, '--row-height': `${rowHeight}px` }
  return (
    <>
      {list.hasNews && (
        <div className={styles.news}>
          <button type="button" onClick={() => scrollToTop(list)}>
            Show new {noun}
          </button>
        </div>
      )}
      <ul
        ref={element}
        className={styles.list}
        aria-label={label}
        style={{ ...style, height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, start }) => {
          const item = items[index]
          return item === undefined ? null : (
            <li key={keyOf(item)} aria-setsize={list.total} aria-posinset={index + 1}>
              <Link href={linkOf(item)} className={styles.row} style={{ transform: `translateY(${start - offset}px)` }}>
                {cellsOf(item)}
              </Link>
            </li>
          )
        })}
      </ul>
      <div className={styles.footer}>
        <span>
          {!loadMore && items.length < list.total && `${formatNumber(items.length)} of `}
          {formatNumber(list.total)} {list.total === 1 ? noun.replace(/s$/, '') : noun}
        </span>
        {list.dropped > 0 && (
          <span>{formatNumber(list.dropped)} older ones were dropped because of the memory limit.</span>
        )}
      </div>
    </>
  )
}

/** Text of a row that matters less. */
export function Secondary({ children }: { children: ReactNode }): ReactNode {
  return <span className={styles.secondary}>{children}</span>
}

/** Text that only a wide row has room for. */
export function WideOnly({ children }: { children: ReactNode }): ReactNode {
  return <span className={`${styles.secondary} ${styles.wideOnly}`}>{children}</span>
}

function scrollToTop({ showNews }: Pick<List<unknown>, 'showNews'>): void {
  window.scrollTo({ top: 0 })
  showNews()
}
