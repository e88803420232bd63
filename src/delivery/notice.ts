import type { StopReason } from './circuit-breaker'
import type { EventResult, Location } from './result'

/** What happens during a delivery. */
export type Notice =
  /** An event is settled. */
  | { kind: 'settled'; result: EventResult }
  /** An event is sent again, for the first time. */
  | { kind: 'retry'; at: Location; reason: string }
  /** The receiver asks to send nothing for so many milliseconds. */
  | { kind: 'pause'; milliseconds: number }
  /** Nothing has got through for so many milliseconds. One event is sent about every so many. */
  | { kind: 'outage'; milliseconds: number; every: number }
  /** The receiver works again after so many milliseconds. */
  | { kind: 'outage over'; milliseconds: number }
  /** The receiver has no batch endpoint. Events are sent one by one from here on. */
  | { kind: 'no batches' }
  /** A process on this host may use the checkpoint. Its sign of life is awaited. */
  | { kind: 'locked'; host: string }
  /** Inputs have other times than before, so what was read of them is compared: so many bytes of all. */
  | { kind: 'comparing'; bytes: number; totalBytes: number }
  /** Nothing new is started from here on. */
  | { kind: 'stop'; reason: StopReason }
