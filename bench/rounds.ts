import { mean, median, quantile } from 'simple-statistics'

/** Values by the row's name, one per round: the same index in two rows that were measured together is the same moment. */
export type Rounds = Record<string, number[]>

/** The median of the ratios within each round, so that a slow moment slows both rows. */
export function ratioOf(rounds: Rounds, row: string, base: string): number {
  return median(ratiosOf(rounds, row, base))
}

/**
 * How far a ratio of this run may be from its true value by chance: a row and its copy should have the ratio 1. The
 * spread is the larger distance from 1 of the quartiles of their ratios.
 */
export function spreadOf(rounds: Rounds, row: string, control: string): number {
  const ratios = ratiosOf(rounds, row, control)
  return Math.max(1 - quantile(ratios, 0.25), quantile(ratios, 0.75) - 1, 0)
}

/** A row and its copy as one: the mean in each round. By chance, some processes of the same code are slower than others. */
export function meanOf(rounds: Rounds, row: string, copy: string): number[] {
  return rounds[row].map((value, round) => mean([value, rounds[copy][round]]))
}

function ratiosOf(rounds: Rounds, row: string, base: string): number[] {
  return rounds[row].map((value, round) => value / rounds[base][round])
}
