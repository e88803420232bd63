import { useEffect, useEffectEvent } from 'react'
import type { ReactNode, RefObject } from 'react'
import { Link } from 'wouter'
import type { Instant } from '../../server/api'
import { formatNumber } from '../data/format'
import type { LiveList as List } from '../data/use-live-list'
import { Time } from './details'
import styles from './live-list.module.css'
import { Banner } from './state'
import { useVirtualRows } from './use-virtual-rows'

export interface LiveListProps<Item> {
  label: string
  list: List<Item>
  /** CSS grid columns, on a wide screen and on a narrow one (two lines a row). */
  columns: string
  narrowColumns: string
  /** Of the columns on a wide screen. */
  headings: string[]
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
      {list.hasNews && (
        <div className={styles.news}>
          <button type="button" onClick={() => scrollToTop(list)}>
            Show new {noun}
          </button>
        </div>
      )}
      <div className={styles.headings} style={{ ...style, height: HEADINGS }} aria-hidden="true">
        {headings.map((heading) => (
          <span key={heading}>{heading}</span>
        ))}
      </div>
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
      <Footer list={list} noun={noun} />
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

/** Pixels. */
const HEADINGS = 34

function Footer({ list, noun }: Pick<LiveListProps<unknown>, 'list' | 'noun'>): ReactNode {
  const { matching, total, dropped } = list
  return (
    <div className={styles.footer}>
      <span>
        {matching < total && `${formatNumber(matching)} of `}
        {formatNumber(total)} {total === 1 ? noun.replace(/s$/, '') : noun}
      </span>
      {dropped > 0 && <span>{formatNumber(dropped)} older ones were dropped because of the memory limit.</span>}
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

function scrollToTop({ showNews }: Pick<List<unknown>, 'showNews'>): void {
  window.scrollTo({ top: 0 })
  showNews()
}
