import type { Writable } from 'node:stream'
import wrapAnsi from 'wrap-ansi'
import { escapeAsJson } from '../contract/excerpt'
import { truncate } from './format'

const ESCAPE = '\u001b'

/** A colour or style of `painter`. */
const COLOR = `${ESCAPE}\\[(?:1|2|22|3[0-7]|39)m`

/** Control characters but tabs and line breaks, and those that change the direction or the lines of what follows. */
const CONTROL = String.raw`[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]`

const COLOR_OR_CONTROL = new RegExp(`(${COLOR})|${CONTROL}`, 'gu')

/** Lines that are copied or aligned: commands, JSON, tables and what stands in columns. */
const UNWRAPPED = /^\s*(?:[[{}\]"<>│┌├└─]|npx |curl |awk |node |export |-H |-d |\w+ {2,})/

const ERASE_ROW = `\r${ESCAPE}[K`

/** Columns of a terminal, if it does not tell. */
const DEFAULT_COLUMNS = 80

/** Standard output or standard error: everything that the command writes goes through it. */
export class Output {
  private status = ''

  constructor(private readonly stream: Writable & { isTTY?: boolean; columns?: number }) {}

  get isTTY(): boolean {
    return this.stream.isTTY === true
  }

  /** The width of the terminal; undefined if it is none. */
  get columns(): number | undefined {
    return this.stream.columns || (this.isTTY ? DEFAULT_COLUMNS : undefined)
  }

  /**
   * Writes text above the status. Control characters, which may come from an event or a file name, become escapes as in
   * JSON. Sentences wrap at words on a terminal.
   */
  write(text: string): void {
    const printable = escapeControl(text)
    const { columns } = this
    const shown = this.isTTY && columns ? wrapLines(printable, columns) : printable
    this.stream.write(this.status ? `${ERASE_ROW}${shown}${this.status}` : shown)
  }

  /** Shows a text in the row below what is written, cut to the terminal's width. An empty one clears the row. */
  showStatus(text: string): void {
    const row = truncate(escapeControl(text), (this.columns ?? DEFAULT_COLUMNS) - 1)
    if (row !== this.status) {
      this.status = row
      this.stream.write(`${ERASE_ROW}${row}`)
    }
  }
}

/** A text from an event, a file or a response as one line. */
export function oneLine(text: string): string {
  return text.replace(/[\t\n]/g, escapeAsJson)
}

function escapeControl(text: string): string {
  return text.replace(COLOR_OR_CONTROL, (character, color?: string) => color ?? escapeAsJson(character))
}

/** Wraps each line at words; what continues a line has its indentation. */
function wrapLines(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line.length <= columns || UNWRAPPED.test(line) ? line : wrapLine(line, columns)))
    .join('\n')
}

function wrapLine(line: string, columns: number): string {
  const [indent] = /^ */.exec(line) ?? ['']
  return wrapAnsi(line.slice(indent.length), columns - indent.length, { trim: true })
    .split('\n')
    .map((part) => indent + part)
    .join('\n')
}
