import { mean, median, quantile } from 'simple-statistics'

/** A measured ratio or amount, and the threshold that it has to meet. */
export interface Figure {
  name: string
  threshold: { atMost: number } | { atLeast: number }
  value: number
  /** By which part of the threshold chance alone can miss it: see `spreadOf`. 0 if the value does not vary by chance. */
  spread: number
  /** The same figure for the framework with Astrolabe's mappings and none of its code. */
  floor?: number
  unit?: 'MB' | 'ms' | 's'
}

export type Verdict = 'pass' | 'within the spread' | "the framework's bound" | 'FAIL'

/** How far Astrolabe's code may be from a floor that misses the threshold itself. */
const OVER_FLOOR = 0.1

export function atMost(bound: number, name: string, value: number, spread = 0): Figure {
  return { name, threshold: { atMost: bound }, value, spread }
}

export function atLeast(bound: number, name: string, value: number, spread = 0): Figure {
  return { name, threshold: { atLeast: bound }, value, spread }
}

/** A threshold fails only if it is missed by more than the spread, and not by the framework alone. */
export function verdictOn({ threshold, value, spread, floor }: Figure): Verdict {
  const meets = (measured: number, tolerance = 0) =>
    'atMost' in threshold
      ? measured <= threshold.atMost * (1 + tolerance)
      : measured >= threshold.atLeast * (1 - tolerance)
  if (meets(value)) {
    return 'pass'
  }
  if (meets(value, spread)) {
    return 'within the spread'
  }
  const isBound = floor !== undefined && !meets(floor) && Math.abs(value / floor - 1) <= OVER_FLOOR
  return isBound ? "the framework's bound" : 'FAIL'
}

/** The threshold in words. */
export function describeThreshold({ threshold, unit }: Figure): string {
  const [relation, bound] = 'atMost' in threshold ? ['at most', threshold.atMost] : ['at least', threshold.atLeast]
  return [relation, bound, unit].filter(Boolean).join(' ')
}

/** The value in the precision that thresholds have. */
export function describeValue({ value, unit }: Figure): string {
  return unit ? `${Math.round(value)} ${unit}` : value.toFixed(2)
}

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
