import type { Runtime } from '../runtime'
import { firstUnsettled, readCheckpoint, settledBy } from './checkpoint'
import type { Checkpoint } from './checkpoint-format'
import { CheckpointLock } from './checkpoint-lock'
import { SYSTEM_CLOCK } from './clock'
import type { Clock } from './clock'
import { identify } from './input-identity'
import type { Input } from './inputs/find-inputs'
import { InputReader } from './inputs/input-reader'
import { Journal } from './journal'
import type { JournalOptions, Standing } from './journal'
import type { Notice } from './notice'
import { undeliveredBeside } from './output-files'
import type { Location } from './result'
import { Run } from './run'
import type { RunOptions } from './run'
import type { Sending } from './requests'
import { Selector } from './selection'
import type { RoundedNumbers, Rules, Selection, SelectionCounts } from './selection'
import type { StopReason } from './circuit-breaker'
import type { Counts, Tally } from './tally'

/** Milliseconds between two checkpoints. */
const CHECKPOINT_INTERVAL = 1000

/**
 * Events of at most this many requests are read in one turn of the event loop. If all requests started in one turn, their
 * responses would arrive together as well: this process and the receiver would wait for each other in turn.
 */
const REQUESTS_PER_TURN = 16

export interface DeliveryOptions
  extends
    Pick<RunOptions, 'keysOf' | 'concurrency' | 'rate' | 'batchSize' | 'retries' | 'maxOutage' | 'clock'>,
    Pick<JournalOptions, 'undelivered' | 'report'> {
  runtime: Sending & Pick<Runtime, 'route'>
  inputs: Input[]
  selection?: Selection
  /**
   * The file of a checkpoint, from which the run resumes if it exists, and the options that must not change then. The
   * checkpoint passes events that are not delivered, so they are always saved: by default in a file beside it.
   */
  checkpoint?: { file: string; options: Record<string, string> }
  /** Called with everything that happens. */
  notify?(notice: Notice): void
}

/** How far a delivery has come. */
export interface Progress {
  /** Bytes of the inputs that are done, roughly, and of all; the latter undefined if it is not known. */
  bytes: number
  totalBytes?: number
  /** Events that are settled, those of earlier runs included. */
  events: number
  inFlight: number
  /** Events that wait for their next attempt. */
  retrying: number
  /** Of the events that are settled. */
  counts: Readonly<Counts>
  waiting?: Waiting
  /** If reading has to wait: the share of waiting events with the most frequent key. Otherwise 0. */
  blockedShare: number
}

/** Why nothing is sent: an outage, or the receiver asks to wait. */
export interface Waiting {
  for: 'outage' | 'retry-after'
  /** Milliseconds so far, and until the next attempt; `Infinity` if one is in flight. */
  elapsed: number
  left: number
}

/** What became of a delivery. */
export interface DeliverySummary {
  tally: Tally
  selection: SelectionCounts
  /** Of this run, not of earlier ones. */
  rounded: RoundedNumbers
  /** Names of inputs that hold no events. */
  emptyInputs: string[]
  /** Whether requests are still in flight, for which nobody waits. */
  isAbandoned: boolean
  /** Why it stopped before its end. */
  stopReason?: StopReason
  /** Where to continue: the first event that is not settled, if the delivery stopped. */
  continueAt?: Location
}

/** Delivers the events of all inputs, in order per key, and writes down what becomes of each. */
export class Delivery {
  /** The file that keeps undelivered events, if any. */
  readonly undelivered?: string
  private readonly run: Run
  private readonly clock: Clock
  private saving = Promise.resolve()
  private hasEnded = false
  private cancelSave?: () => void

  private constructor(
    private readonly options: DeliveryOptions,
    private readonly journal: Journal,
    private readonly selector: Selector,
    private readonly reader: InputReader,
    private readonly resumed: Checkpoint | undefined,
    private readonly lock: CheckpointLock | undefined
  ) {
    const isSettled = resumed ? settledBy(resumed) : () => false
    this.undelivered = options.undelivered
    this.clock = options.clock ?? SYSTEM_CLOCK
    this.run = new Run({
      ...options,
      events: reader.events(),
      // What earlier runs have settled, they have counted.
      select: (read) => (isSettled(read) ? 'skip' : selector.select(read)),
      isKnownAddress: journal.tally.counts.delivered > 0,
      remaining: options.undelivered && !options.checkpoint ? 'settle' : 'leave',
      untilRecorded: () => journal.untilWritten(),
      notify: (notice) => this.notify(notice)
    })
  }

  /**
   * @throws CheckpointError if there is a checkpoint that does not fit, or that another process uses
   * @throws InputError, WriteError if a file can't be read or written
   */
  static async open(options: DeliveryOptions): Promise<Delivery> {
    const { checkpoint, clock = SYSTEM_CLOCK, notify } = options
    const lock =
      checkpoint && (await CheckpointLock.acquire(checkpoint.file, clock, (host) => notify?.({ kind: 'locked', host })))
    try {
      return await Delivery.openLocked({ ...options }, lock)
    } catch (error) {
      await lock?.release()
      throw error
    }
  }

  private static async openLocked(options: DeliveryOptions, lock: CheckpointLock | undefined): Promise<Delivery> {
    options.undelivered ??= options.checkpoint && undeliveredBeside(options.checkpoint.file)
    const checkpoint = options.checkpoint && { ...options.checkpoint, inputs: identify(options.inputs) }
    const earlier =
      checkpoint &&
      (await readCheckpoint(checkpoint.file, checkpoint, async (bytes, totalBytes) => {
        await lock?.refresh()
        options.notify?.({ kind: 'comparing', bytes, totalBytes })
      }))
    const resumed = earlier?.state
    const journal = await Journal.open({ ...options, checkpoint }, earlier)
    const { runtime, keysOf, selection = {} } = options
    const rules: Rules = { route: (event) => runtime.route(event), keysOf }
    const selector = new Selector(selection, rules, resumed?.selection, resumed?.readUpTo)
    const reader = new InputReader(options.inputs, {
      start: resumed && firstUnsettled(resumed),
      chunkSize: REQUESTS_PER_TURN * (options.batchSize ?? 1),
      onBytes: checkpoint && ((input, bytes) => journal.recordRead(input, bytes))
    })
    return new Delivery(options, journal, selector, reader, resumed, lock)
  }

  /** How many events earlier runs have settled; undefined if this run does not resume one. */
  get done(): number | undefined {
    return this.resumed && this.journal.tally.total
  }

  /** Whether an earlier run has settled everything. */
  get isFinished(): boolean {
    return this.resumed?.isFinished === true
  }

  /** Resolves when all events are settled, or the delivery has stopped. Never rejects. */
  async deliver(): Promise<DeliverySummary> {
    if (!this.isFinished) {
      await this.save()
      this.saveRegularly()
      await this.run.execute()
      this.hasEnded = true
      this.cancelSave?.()
      this.reader.close()
      await this.save()
    }
    await this.journal.close().catch((error: unknown) => this.fail(error))
    await this.lock?.release()
    return this.summarize()
  }

  /** Starts nothing new. What is in flight finishes, except during an outage. */
  stop(): void {
    this.run.stop({ kind: 'interrupted' })
  }

  progress(): Progress {
    const { schedule, throttle, sender } = this.run
    const { counts, total } = this.journal.tally
    return {
      // Events that are held are read, and not done.
      bytes: schedule.size === 0 ? this.reader.bytes : (this.reader.bytes * total) / (total + schedule.size),
      totalBytes: this.reader.totalBytes,
      events: total,
      inFlight: throttle.inFlight,
      retrying: sender.retrying,
      counts,
      waiting: this.waiting,
      blockedShare: schedule.isFull && schedule.ready.length === 0 ? schedule.largestShare : 0
    }
  }

  private get waiting(): Waiting | undefined {
    const { sender, throttle } = this.run
    const outage = sender.outageWait
    const pause = throttle.pause(this.clock.now())
    return outage ? { for: 'outage', ...outage } : pause && { for: 'retry-after', ...pause }
  }

  private notify(notice: Notice): void {
    if (notice.kind === 'settled') {
      this.journal.record(notice.result)
    }
    this.options.notify?.(notice)
  }

  /** Until `hasEnded`. */
  private saveRegularly(): void {
    if (!this.hasEnded) {
      this.cancelSave = this.clock.after(CHECKPOINT_INTERVAL, () => void this.save().then(() => this.saveRegularly()))
    }
  }

  /** One after the other. A run stops if nothing can be saved: what it does would be lost. */
  private async save(): Promise<void> {
    this.saving = this.saving.then(() => this.saveLocked()).catch((error: unknown) => this.fail(error))
    return this.saving
  }

  private async saveLocked(): Promise<void> {
    await this.lock?.refresh()
    await this.journal.save(this.standing)
  }

  private fail(error: unknown): void {
    this.run.stop({ kind: 'error', error })
  }

  private get standing(): Standing {
    const { schedule, lastRead, stopReason, readError } = this.run
    return {
      isFinished: this.hasEnded && !stopReason && !readError,
      selection: this.selector.counts,
      lastRead,
      unsettled: schedule.unsettled().map(({ read: { input, line } }) => ({ input, line }))
    }
  }

  private summarize(): DeliverySummary {
    const { stopReason, readError, schedule, lastRead, sender } = this.run
    const error: StopReason | undefined = readError ? { kind: 'error', error: readError } : undefined
    const [first] = schedule.unsettled()
    return {
      tally: this.journal.tally,
      selection: this.selector.counts,
      rounded: this.selector.rounded,
      emptyInputs: this.reader.empty,
      isAbandoned: sender.isAbandoned,
      stopReason: stopReason ?? error,
      continueAt: stopReason || error ? (first?.read ?? locationAfter(lastRead)) : undefined
    }
  }
}

function locationAfter(read: Run['lastRead']): Location | undefined {
  return read && { file: read.file, unit: read.unit, line: read.line + 1 }
}
