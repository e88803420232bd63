import { rename, writeFile } from 'node:fs/promises'
import type { DeliverySummary } from '../../delivery/delivery'
import { draftOf } from '../../delivery/output-files'
import type { Reading } from '../progress'
import { countsToJson } from '../summary'
import { assertWritable, describeSystemError } from '../terminal'
import type { Terminal } from '../terminal'

const INTERVAL = 5000

/** Keeps a file with the state of a run, for health checks and scripts. It holds no data of an event and no key. */
export class StatusFile {
  private readonly startedAt = new Date()
  private read: () => Partial<Reading> = () => ({})
  private end?: { exitCode: number; stopReason?: string }
  private writing = Promise.resolve()
  private hasFailed = false
  private timer?: NodeJS.Timeout

  private constructor(
    private readonly file: string,
    private readonly stderr: Terminal['stderr']
  ) {}

  /**
   * Writes nothing yet: another run may have the checkpoint, and then the file too.
   *
   * @throws UsageError if the file can't be written
   */
  static async open(file: string, stderr: Terminal['stderr']): Promise<StatusFile> {
    await assertWritable(file)
    return new StatusFile(file, stderr)
  }

  async start(): Promise<void> {
    if (!this.timer) {
      this.timer = setInterval(() => void this.update(), INTERVAL)
      await this.update()
    }
  }

  follow(read: () => Reading): void {
    this.read = read
  }

  async close(exitCode: number, stopReason?: DeliverySummary['stopReason']): Promise<void> {
    clearInterval(this.timer)
    this.end = { exitCode, stopReason: stopReason?.kind }
    await this.update()
  }

  /** One after the other. A status that can't be written stops no run. */
  private async update(): Promise<void> {
    this.writing = this.writing
      .then(() => this.write())
      .catch((error: unknown) => {
        if (!this.hasFailed) {
          this.stderr.write(`Cannot write ${this.file}: ${describeSystemError(error)}. The run goes on.\n`)
        }
        this.hasFailed = true
      })
    return this.writing
  }

  private async write(): Promise<void> {
    const draft = draftOf(this.file)
    await writeFile(draft, `${JSON.stringify(this.toJSON())}\n`)
    await rename(draft, this.file)
  }

  private toJSON(): object {
    const { events = 0, counts, bytes = 0, totalBytes, perSecond = 0, left, waiting, ...rest } = this.read()
    const now = Date.now()
    return {
      startedAt: this.startedAt.toISOString(),
      updatedAt: new Date(now).toISOString(),
      events: {
        done: events,
        // Their number is known only at the end.
        estimatedTotal: totalBytes && bytes > 0 ? Math.round((events * totalBytes) / bytes) : null,
        ...(counts && countsToJson(counts))
      },
      bytes: { done: Math.round(bytes), total: totalBytes ?? null },
      eventsPerSecond: Math.round(perSecond),
      secondsLeft: left === undefined || this.end ? null : Math.round(left / 1000),
      inFlight: rest.inFlight ?? 0,
      retrying: rest.retrying ?? 0,
      waitingFor: waiting && !this.end ? waiting.for : null,
      waitingSince: waiting && !this.end ? new Date(now - waiting.elapsed).toISOString() : null,
      exitCode: this.end?.exitCode ?? null,
      stopReason: this.end?.stopReason ?? null
    }
  }
}
