import { Fragment } from 'react'
import type { ReactNode } from 'react'
import styles from './details.module.css'

/** Names and values. What is undefined is left out. */
export function Details({ rows }: { rows: [name: string, value: ReactNode][] }): ReactNode {
  return (
    <dl className={styles.details}>
      {rows
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>{value}</dd>
          </Fragment>
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
}

/** A short table: long lists are virtual lists. */
export function Table<Row>({ label, columns, rows, keyOf, cellsOf }: TableProps<Row>): ReactNode {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {cellsOf(row).map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
