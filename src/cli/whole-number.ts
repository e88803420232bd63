import { InvalidArgumentError } from 'commander'

/** Makes a parser of whole numbers for an option. commander reports its error. */
export function wholeNumber(from = 0, to = Infinity): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (!/^\d+$/.test(text) || number < from || number > to) {
      throw new InvalidArgumentError(`It must be a whole number${describeRange(from, to)}.`)
    }
    return number
  }
}

function describeRange(from: number, to: number): string {
  if (to < Infinity) {
    return ` from ${from} to ${to}`
  }
  return from > 0 ? ` of ${from} or more` : ''
}
