/** Whether a parsed JSON value is nested more levels deep. `{}` and `[]` have one level, a text has none. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false
  }
  // Nothing below the limit is looked at, so a value of any depth fits the stack.
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child))
}
