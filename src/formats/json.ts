/** Far deeper than any real event. The framework and JSON.stringify overflow the stack at a few times as many levels. */
const MAX_DEPTH = 1000

/** Whether an event is nested so deep that nothing takes it. */
export function isTooDeep(event: unknown): boolean {
  return isDeeperThan(MAX_DEPTH, event)
}

/** Whether a parsed JSON value is nested more levels deep. `{}` and `[]` have one level, a text has none. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false
  }
  if (levels === 0) {
    return true
  }
  // Nothing below the limit is looked at, so a value of any depth fits the stack. This loop makes no list of the values.
  for (const key in value) {
    if (isDeeperThan(levels - 1, value[key as keyof typeof value])) {
      return true
    }
  }
  return false
}

/** Whether a parsed JSON value is an object, and no array. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
