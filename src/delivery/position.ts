/** Where an event stands among all inputs. Positions are ordered like the events. */
export interface Position {
  /** The input's index. */
  input: number
  /** 1-based: the line, or the item of a JSON array. */
  line: number
}

export function isAfter(a: Position, b: Position): boolean {
  return a.input === b.input ? a.line > b.line : a.input > b.input
}
