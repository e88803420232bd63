import { writeCheckpoint } from './checkpoint'
import type { Resumed } from './checkpoint'
import { formatCheckpoint } from './checkpoint-format'
import type { Checkpoint } from './checkpoint-format'
import type { InputIdentity } from './input-identity'
import { InputList } from './input-list'
import { LineFile } from './line-file'
import { inputsBeside } from './output-files'
import { isAfter, isUndelivered } from './result'
import type { EventResult, Position } from './result'
import { Tally } from './tally'

const RESPONSE_REASON = 'See the status. The summary of the run has the words of the response.'

export interface JournalOptions {
  /** Keeps undelivered events, one a line, to be delivered again. */
  undelivered?: string
  /** Lists results without event data, one JSON object a line: of undelivered events, or of all. */
  report?: { file: string; content: 'undelivered' | 'all' }
  /** The file of the checkpoint, and what stays the same in it. */
  checkpoint?: { file: string; inputs: InputIdentity[] } & Pick<Checkpoint, 'options'>
}

/** How far a run has come. */
export interface Standing extends Pick<Checkpoint, 'isFinished' | 'selection'> {
  lastRead?: Position
  /** In the order of the input. */
  unsettled: Position[]
}

/** Writes down what becomes of every event: counts, files, checkpoint. */
export class Journal {
  readonly tally: Tally

  private constructor(
    private readonly options: JournalOptions,
    private readonly resumed: Checkpoint | undefined,
    private readonly undelivered: LineFile | undefined,
    private readonly report: LineFile | undefined,
    private readonly inputs: InputList | undefined
  ) {
    this.tally = new Tally(resumed?.tally)
  }

  /**
   * @param earlier the run that this one continues
   * @throws WriteError
   */
  static async open(options: JournalOptions, earlier?: Resumed): Promise<Journal> {
    const resumed = earlier?.state
    const undelivered = options.undelivered && (await openFile(options.undelivered, resumed?.undelivered))
    const report = options.report && (await openFile(options.report.file, resumed?.report))
    const inputs = options.checkpoint && (await openList(options.checkpoint, earlier))
    return new Journal(options, resumed, undelivered || undefined, report, inputs)
  }

  record(result: EventResult): void {
    this.tally.add(result)
    if (isUndelivered(result.outcome)) {
      if (result.raw) {
        this.undelivered?.add(result.raw)
      }
      this.report?.add(toReportLine(result))
    } else if (this.options.report?.content === 'all') {
      this.report?.add(toReportLine(result))
    }
  }

  /** @param input the index of the input that these bytes come next from */
  recordRead(input: number, bytes: Buffer): void {
    this.inputs?.add(input, bytes)
  }

  /** Resolves once little waits for the disk, so that the files don't fill the memory. */
  async untilWritten(): Promise<void> {
    await this.undelivered?.backlog
    await this.report?.backlog
  }

  /**
   * Brings the files to disk, and then the checkpoint that counts on them.
   *
   * @throws WriteError
   */
  async save(standing: Standing): Promise<void> {
    const { checkpoint } = this.options
    // Written out at once: events that are settled during the flush belong to the next checkpoint.
    const text =
      checkpoint && this.inputs && formatCheckpoint(this.toCheckpoint(checkpoint.options, this.inputs.state, standing))
    await this.undelivered?.flush()
    await this.report?.flush()
    await this.inputs?.flush()
    if (checkpoint && text !== undefined) {
      await writeCheckpoint(checkpoint.file, text)
    }
  }

  /** @throws WriteError */
  async close(): Promise<void> {
    await Promise.all([this.undelivered?.close(), this.report?.close(), this.inputs?.close()])
  }

  /** Until the resumed run has read as far as the earlier one, the earlier one's unsettled events remain unsettled. */
  private toCheckpoint(
    options: Checkpoint['options'],
    inputs: Checkpoint['inputs'],
    { isFinished, selection, lastRead, unsettled }: Standing
  ): Checkpoint {
    const earlier = this.resumed
    const isBehind = earlier?.readUpTo && !(lastRead && !isAfter(earlier.readUpTo, lastRead))
    const notReadAgain = (isBehind ? earlier.unsettled : []).filter(
      ([input, line]) => !lastRead || isAfter({ input, line }, lastRead)
    )
    const open = [...unsettled.map(({ input, line }): [number, number] => [input, line]), ...notReadAgain]
    return {
      options,
      inputs,
      readUpTo: isBehind ? earlier.readUpTo : lastRead && { input: lastRead.input, line: lastRead.line },
      unsettled: open,
      isFinished,
      tally: this.tally.toJSON(),
      selection,
      undelivered: this.undelivered && { file: this.undelivered.file, bytes: this.undelivered.length },
      report: this.report && { file: this.report.file, bytes: this.report.length }
    }
  }
}

async function openFile(file: string, before: { file: string; bytes: number } | undefined): Promise<LineFile> {
  return before?.file === file ? LineFile.continue(file, before.bytes) : LineFile.create(file)
}

async function openList(
  { file, inputs }: NonNullable<JournalOptions['checkpoint']>,
  earlier: Resumed | undefined
): Promise<InputList> {
  const list = inputsBeside(file)
  return earlier
    ? InputList.continue(list, earlier.state.inputs, earlier.inputs, inputs)
    : InputList.create(list, inputs)
}

/** Without data of the event, which the words of a response may quote. */
function toReportLine(result: EventResult): string {
  const { file, line, messageId, type, mapping, outcome, status, attempts } = result
  const reason = result.reasonFrom === 'response' ? RESPONSE_REASON : result.reason
  return JSON.stringify({ file, line, messageId, type, mapping, outcome, status, reason, attempts })
}
