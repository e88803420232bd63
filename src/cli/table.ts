import { getBorderCharacters, table } from 'table'
import wrapAnsi from 'wrap-ansi'
import { escapeInvisible } from '../contract/excerpt'
import { truncate } from './format'

/** Columns of borders and padding around each cell. */
const FRAME = 3

/** A column narrower than this says nothing. */
const MIN_WIDTH = 8

/** Rows that one line of a cell may take. */
const MAX_ROWS_PER_LINE = 3

/**
 * A table that fits into so many columns: the widest columns are narrowed, and their cells wrap. A cell may have several
 * lines, of which each is cut with `…` after `MAX_ROWS_PER_LINE` rows. Invisible characters are written as escapes.
 */
export function renderTable(head: string[], rows: string[][], columns: number): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.split('\n').map(escapeInvisible)))
  const widths = fit(
    head.map((_title, index) => Math.max(...cells.map((row) => widthOf(row[index])))),
    columns - head.length * FRAME - 1
  )
  return renderWrapped(
    cells.map((row) => row.map((lines, index) => lines.map((line) => wrap(line, widths[index])).join('\n'))),
    widths
  )
}

/** A table whose columns have these widths, without the space on either side. Longer lines continue on the next one. */
export function renderWrapped(rows: string[][], widths: number[]): string {
  const columns = widths.map((width) => ({ width, wrapWord: true }))
  return table(rows, { border: getBorderCharacters('norc'), columns }).trimEnd()
}

function wrap(line: string, width: number): string {
  const rows = wrapAnsi(line, width, { hard: true }).split('\n')
  return rows.length <= MAX_ROWS_PER_LINE
    ? rows.join('\n')
    : [...rows.slice(0, MAX_ROWS_PER_LINE - 1), truncate(rows.slice(MAX_ROWS_PER_LINE - 1).join(''), width)].join('\n')
}

/** Narrows the widest columns until all fit. */
function fit(widths: number[], available: number): number[] {
  const fitted = [...widths]
  for (let excess = sum(fitted) - available; excess > 0; excess--) {
    const widest = fitted.indexOf(Math.max(...fitted))
    if (fitted[widest] <= MIN_WIDTH) {
      break
    }
    fitted[widest]--
  }
  return fitted
}

function widthOf(lines: string[]): number {
  return Math.max(...lines.map((line) => Array.from(line).length))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
