/** Timers of one length, the destination's timeouts, in the hands of a test: nobody waits for them. */
export interface HeldTimers {
  /** How many run. */
  readonly running: number
  /** Ends those that run, as if their time had come. */
  endRunning(): void
  /** Ends those that will be set from now on, at once. */
  endComing(): void
}

/** Until mocks are restored. */
export function holdTimersOf(milliseconds: number): HeldTimers {
  const [set, clear] = [global.setTimeout, global.clearTimeout]
  const running = new Map<unknown, () => void>()
  let areEnded = false
  jest.spyOn(global, 'setTimeout').mockImplementation((callback: () => void, delay?: number) => {
    const isHeld = delay === milliseconds
    const run = () => {
      running.delete(timer)
      callback()
    }
    const timer = isHeld ? set(run, areEnded ? 0 : delay) : set(callback, delay)
    if (isHeld) {
      running.set(timer, run)
    }
    return timer
  })
  jest.spyOn(global, 'clearTimeout').mockImplementation((timer) => {
    running.delete(timer)
    clear(timer)
  })
  return {
    get running() {
      return running.size
    },
    endRunning: () => {
      for (const [timer, run] of running) {
        clear(timer as NodeJS.Timeout)
        run()
      }
    },
    endComing: () => {
      areEnded = true
    }
  }
}
