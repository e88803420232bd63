/** Time, for tests to replace. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number
  /** Calls back once after so many milliseconds. @returns a function that cancels it */
  after(milliseconds: number, callback: () => void): () => void
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  }
}
