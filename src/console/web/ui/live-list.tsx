import { useEffect, useEffectEvent } from 'react'
import type { CSSProperties, ReactNode, RefObject } from 'react'
import { Link } from 'wouter'
import type { Instant } from '../../server/api'
import { formatCount, formatNumber } from '../data/format'
import type { LiveList as List } from '../data/use-live-list'
import { Time } from './details'
import styles from './live-list.module.css'
import { Banner } from './state'
import { HEADER_HEIGHT, useVirtualRows } from './use-virtual-rows'

export interface LiveListProps<Item> {
  label: string
  list: List<Item>
  /** CSS grid columns, on a wide screen and on a narrow one (two lines a row). */
  columns: string
  narrowColumns: string
  /** Of the columns on a wide screen. `null`: the count of items stands there, above their names. */
  headings: (string | null)[]
  keyOf(item: Item): string
  /** The key of the row that is shown beside the list. */
  selected?: string
  linkOf(item: Item): string
  cellsOf(item: Item): ReactNode
  /** The noun of the count, such as "Users". */
  noun: string
  empty: ReactNode
}

/** A long list of links, of which only the rows on the screen exist. */
export function LiveList<Item>(props: LiveListProps<Item>): ReactNode {
  const { label, list, columns, narrowColumns, headings, keyOf, selected, linkOf, cellsOf, noun, empty } = props
  const { items } = list
  const { element, rows, rowHeight, height, scrollTo } = useVirtualRows(list)
  useSelectedRow(
    element,
    items.findIndex((item) => keyOf(item) === selected),
    scrollTo
  )

  if (list.error && items.length === 0) {
    return <Banner kind="bad">{list.error.message}</Banner>
  }
  if (items.length === 0) {
    return list.isLoading ? null : empty
  }
  const style = { '--columns': columns, '--columns-narrow': narrowColumns, '--row-height': `${rowHeight}px` }
  return (
    <>
      <Header {...{ list, noun, headings }} style={{ ...style, height: HEADER_HEIGHT }} />
      <ul ref={element} className={styles.list} aria-label={label} style={{ ...style, height }}>
        {rows.map(({ index, top }) => {
          const item = items[index]
          return item === undefined ? null : (
            <li key={keyOf(item)} aria-setsize={list.matching} aria-posinset={index + 1}>
              <Link
                href={linkOf(item)}
                className={styles.row}
                aria-current={keyOf(item) === selected ? 'true' : undefined}
                style={{ transform: `translateY(${top}px)` }}
              >
                {cellsOf(item)}
              </Link>
            </li>
          )
        })}
      </ul>
      {list.dropped > 0 && (
        <div className={styles.footer}>
          {formatNumber(list.dropped)} older ones were dropped because of the memory limit.
        </div>
      )}
    </>
  )
}

/** Shows the selected row. The focus follows it from row to row, and stays where else it is. */
function useSelectedRow(
  element: RefObject<HTMLUListElement | null>,
  index: number,
  scrollTo: (index: number) => void
): void {
  const follow = useEffectEvent(() => {
    if (index >= 0) {
      scrollTo(index)
      const { activeElement } = document
      if (activeElement === document.body || element.current?.contains(activeElement)) {
        element.current?.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true })
      }
    }
  })
  useEffect(() => follow(), [index])
}

type HeaderProps = Pick<LiveListProps<unknown>, 'list' | 'noun' | 'headings'> & { style: CSSProperties }

/** Stays in sight above the rows, so that the button for news covers none of them. */
function Header({ list, noun, headings, style }: HeaderProps): ReactNode {
  const { matching, total, hasNews, newCount, showNews } = list
  const singular = noun.replace(/s$/, '')

  function show(): void {
    window.scrollTo({ top: 0 })
    showNews()
  }

  return (
    <div className={styles.header} style={style}>
      {headings.map((heading) =>
        heading === null ? (
          <span key="count">
            {matching < total && `${formatNumber(matching)} of `}
            {formatCount(total, singular, noun)}
          </span>
        ) : (
          <span key={heading} className={styles.heading} aria-hidden="true">
            {heading}
          </span>
        )
      )}
      {hasNews && newCount !== undefined && (
        <button type="button" className={styles.news} onClick={show}>
          {newCount === 0 ? 'Show changes' : `Show ${formatNumber(newCount)} new ${newCount === 1 ? singular : noun}`}
        </button>
      )}
    </div>
  )
}

/** What the row is about. */
export function RowTitle({ children }: { children: ReactNode }): ReactNode {
  return (
    <strong className={styles.title}>
      <bdi>{children}</bdi>
    </strong>
  )
}

/** At the end of the row, which is the first line of a narrow one. */
export function RowTime({ at }: { at: Instant }): ReactNode {
  return (
    <span className={styles.time}>
      <Time at={at} />
    </span>
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
