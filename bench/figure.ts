/** A measured ratio or amount, and the threshold that it has to meet. */
export interface Figure {
  name: string
  threshold: { atMost: number } | { atLeast: number }
  value: number
  /** By which part of the threshold chance alone can miss it: see `spreadOf`. 0 if the value does not vary by chance. */
  spread: number
  unit?: 'MB'
}

export type Verdict = 'pass' | 'within the spread' | 'FAIL'

export function atMost(bound: number, name: string, value: number, spread = 0): Figure {
  return { name, threshold: { atMost: bound }, value, spread }
}

export function atLeast(bound: number, name: string, value: number, spread = 0): Figure {
  return { name, threshold: { atLeast: bound }, value, spread }
}

/** A threshold fails only if it is missed by more than the spread. */
export function verdictOn({ threshold, value, spread }: Figure): Verdict {
  const meets = (tolerance: number) =>
    'atMost' in threshold ? value <= threshold.atMost * (1 + tolerance) : value >= threshold.atLeast * (1 - tolerance)
  if (meets(0)) {
    return 'pass'
  }
  return meets(spread) ? 'within the spread' : 'FAIL'
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
