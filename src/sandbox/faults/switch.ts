import type { FastifyRequest } from 'fastify'
import type { FaultHandler } from './handler'
import { createHandler } from './registry'
import type { Fault } from './registry'
import { isTlsFault } from './tls'

export interface ArmedFault {
  readonly fault: Fault
  readonly handler: FaultHandler
}

/** The faults of a sandbox. They can be changed while it runs. */
export class FaultSwitch {
  private armed: (ArmedFault & { left: number })[]

  constructor(faults: Fault[] = []) {
    this.armed = arm(faults)
  }

  /** Those that are still to be met, with the `times` that are left. */
  get active(): Fault[] {
    return this.armed
      .filter(({ left }) => left > 0)
      .map(({ fault, left }) => (fault.times === undefined ? fault : { ...fault, times: left }))
  }

  /**
   * Replaces all faults, for the requests that come from now on.
   *
   * @throws RangeError if one is `tls`: a server can't change its protocol
   */
  set(faults: Fault[]): void {
    if (faults.some(isTlsFault)) {
      throw new RangeError('A running sandbox cannot change to https: or back, so start it with the fault "tls".')
    }
    this.armed = arm(faults)
  }

  /** The first fault that is for a request and whose times are not used up. Uses one up. */
  next(request: FastifyRequest): ArmedFault | undefined {
    const armed = this.armed.find(({ left, handler: { isFor = () => true } }) => left > 0 && isFor(request))
    if (armed) {
      armed.left--
    }
    return armed
  }
}

function arm(faults: Fault[]) {
  return faults.map((fault) => ({ fault, handler: createHandler(fault), left: fault.times ?? Infinity }))
}
