import type { ReactNode } from 'react'
import type { Instant } from '../../server/api'
import { formatInstant } from '../data/format'
import { Button } from './button'
import styles from './details.module.css'

export type DetailRow = [name: string, value: ReactNode]

interface DetailsProps {
  rows: DetailRow[]
  /** `list`: one below the other. `columns`: side by side, for short values. */
  layout?: 'list' | 'columns'
}

/** Names and values. What is undefined is left out. */
export function Details({ rows, layout = 'list' }: DetailsProps): ReactNode {
  return (
    <dl className={styles.details} data-layout={layout}>
      {rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name} className={styles.detail}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

interface TableProps<Row> {
  label: string
  columns: string[]
  rows: Row[]
  keyOf(row: Row): string
  cellsOf(row: Row): ReactNode[]
  /** Whether the cells of a row stand below each other on a narrow screen. Default: with more than two of them. */
  isStacked?: boolean
}

/**
 * A short table: long lists are virtual lists. The roles are explicit because browsers drop those of a table that is not
 * laid out as one.
 */
export function Table<Row>({ label, columns, rows, keyOf, cellsOf, isStacked }: TableProps<Row>): ReactNode {
  return (
    <table role="table" className={styles.table} data-stacks={isStacked ?? columns.length > 2} aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} role="columnheader" scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {cellsOf(row).map((cell, index) => (
              <td key={columns[index]} role="cell">
                <span className={styles.column} aria-hidden="true">
                  {columns[index]}
                </span>
                <div>{cell}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** An entry of a short list: its text, and controls beside it. */
export function Item({ children }: { children: ReactNode }): ReactNode {
  return <li className={styles.item}>{children}</li>
}

/** A name, and details below it. */
export function ItemText({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.itemText}>
      <div className={styles.itemName}>
        <bdi>{name}</bdi>
      </div>
      {children}
    </div>
  )
}

export function ItemDetail({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.itemDetail}>{children}</div>
}

/** @param onEdit absent if the item can only be deleted */
export function ItemActions({ name, onEdit, onDelete }: ItemActionsProps): ReactNode {
  return (
    <div className={styles.itemActions}>
      {onEdit && (
        <Button aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </Button>
      )}
      <Button look="danger" aria-label={`Delete ${name}`} onClick={onDelete}>
        Delete
      </Button>
    </div>
  )
}

interface ItemActionsProps {
  name: string
  onEdit?: () => void
  onDelete: () => void
}

/** The time, with the exact one on demand. */
export function Time({ at }: { at: Instant }): ReactNode {
  return (
    <time dateTime={at} title={at} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatInstant(at)}
    </time>
  )
}
