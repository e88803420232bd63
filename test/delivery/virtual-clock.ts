import type { Clock } from '../../src/delivery/clock'

/** What the process waits for itself: files, and the next turn of the event loop. */
const REAL_WORK = /^(FSReq|CloseReq|Immediate)/

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
    for (;;) {
      await new Promise(setImmediate)
      if (isSettled) {
        return settled
      }
      if (!process.getActiveResourcesInfo().some((resource) => REAL_WORK.test(resource))) {
        this.jump()
      }
    }
  }

  private jump(): void {
    let next: [callback: () => void, time: number] | undefined
    for (const timer of this.timers) {
      next = next && next[1] <= timer[1] ? next : timer
    }
    if (!next) {
      throw new Error('Nothing can happen any more, and the promise is not settled.')
    }
    const [callback, time] = next
    this.timers.delete(callback)
    this.time = Math.max(this.time, time)
    callback()
  }
}
