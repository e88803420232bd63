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
    let timer: NodeJS.Timeout
    const wait = (left: number): void => {
      timer = left > MAX_TIMEOUT ? setTimeout(wait, MAX_TIMEOUT, left - MAX_TIMEOUT) : setTimeout(callback, left)
    }
    wait(milliseconds)
    return () => clearTimeout(timer)
  }
}

/** The longest wait of `setTimeout`, in ms: a longer one would end at once. */
const MAX_TIMEOUT = 2 ** 31 - 1
