import type { Clock } from '../../src/delivery/clock'

/** Milliseconds in which everything ends. Whoever checks something each second would never find that nothing happens. */
const MAX_TIME = 2 * 60 * 60_000

/** Clocks that wait for the next turn of the event loop. */
let waiting = 0

/** A clock that stands still until nothing else can happen, and then jumps to the next timer. */
export class VirtualClock implements Clock {
  private time = 0
  private readonly timers = new Map<() => void, number>()

  now(): number {
    return this.time
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = () => callback()
    this.timers.set(timer, this.time + milliseconds)
    return () => this.timers.delete(timer)
  }

  /** Timers that have not ended and were not cancelled. */
  get running(): number {
    return this.timers.size
  }

  /** Resolves after so many milliseconds of this clock. */
  async sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve))
  }

  /** Lets time pass until the promise is settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const settled = promise.finally(() => (isSettled = true))
    settled.catch(() => undefined) // It may reject before it is awaited.
    for (;;) {
      waiting++
      await new Promise(setImmediate)
      waiting--
      if (isSettled) {
        return settled
      }
      if (!isBusy()) {
        this.jump()
      }
    }
  }

  private jump(): void {
    let next: [callback: () => void, time: number] | undefined
    for (const timer of this.timers) {
      next = next && next[1] <= timer[1] ? next : timer
    }
    if (!next || next[1] > MAX_TIME) {
      throw new Error('Nothing can happen any more, and the promise is not settled.')
    }
    const [callback, time] = next
    this.timers.delete(callback)
    this.time = Math.max(this.time, time)
    callback()
  }
}

/** Whether the process waits for a file, or for the next turn of the event loop. */
function isBusy(): boolean {
  const resources = process.getActiveResourcesInfo()
  const turns = resources.filter((resource) => resource === 'Immediate').length
  return turns > waiting || resources.some((resource) => /^(FSReq|CloseReq)/.test(resource))
}
