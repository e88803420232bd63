import Table from 'cli-table3'
import { truncate } from './format'

/** Columns of borders and padding around each cell. */
const FRAME = 3

/** A column narrower than this says nothing. */
const MIN_WIDTH = 8

/** A table that fits into so many columns: the widest cells are cut with `…`. A cell may have several lines. */
export function renderTable(head: string[], rows: string[][], columns: number): string {
  const widths = fit(
    head.map((title, index) => Math.max(...[title, ...rows.map((row) => row[index])].map(widthOf))),
    columns - head.length * FRAME - 1
  )
  const table = new Table({ head: cut(head, widths), style: { head: [], border: [] } })
  table.push(...rows.map((row) => cut(row, widths)))
  return table.toString()
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

function cut(cells: string[], widths: number[]): string[] {
  return cells.map((cell, index) =>
    cell
      .split('\n')
      .map((line) => truncate(line, widths[index]))
      .join('\n')
  )
}

function widthOf(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => Array.from(line).length))
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
