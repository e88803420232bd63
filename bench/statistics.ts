import type { Rounds } from './rotation'

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median over all rounds of what a round's figures give: paired, so that a slow moment slows both sides. */
export function medianOfRounds(rounds: Rounds, figure: (of: (name: string) => number) => number): number {
  const [first] = Object.values(rounds)
  return median(first.map((_, round) => figure((name) => rounds[name][round])))
}
