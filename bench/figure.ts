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

/** A threshold fails only if it is missed by more than the spread. */
export function verdictOn({ threshold, value, spread }: Figure): Verdict {
  if ('atMost' in threshold) {
    return decide(value <= threshold.atMost, value <= threshold.atMost * (1 + spread))
  }
  return decide(value >= threshold.atLeast, value >= threshold.atLeast * (1 - spread))
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

function decide(isMet: boolean, isMetWithinSpread: boolean): Verdict {
  if (isMet) {
    return 'pass'
  }
  return isMetWithinSpread ? 'within the spread' : 'FAIL'
}
