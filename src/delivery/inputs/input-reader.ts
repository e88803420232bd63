import { pipeline, Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { InputError } from './find-inputs'
import type { Input } from './find-inputs'
import { InputStarts, needsMessageId, withMessageId } from './message-id'
import { readEvents } from './read-events'
import type { EventRead } from './read-events'

/** Reads all inputs, one after the other. */
export class InputReader {
  /** Names of inputs that hold no events. */
  readonly empty: string[] = []
  private readonly starts = new InputStarts()
  private hasSkipped = false
  private bytesBefore = 0
  private current?: Readable & { bytesRead?: number }

  /**
   * @param options.start the index of the first input to read
   * @param options.chunkSize events of a chunk at most
   * @param options.onBytes called with all bytes that are read, before their events are
   */
  constructor(
    private readonly inputs: Input[],
    private readonly options: {
      start?: number
      chunkSize?: number
      onBytes?(input: number, bytes: Buffer): void
    } = {}
  ) {}

  /** Bytes of all inputs; undefined if one of them is a pipe or standard input. */
  get totalBytes(): number | undefined {
    return this.inputs.some(({ stored }) => !stored)
      ? undefined
      : this.inputs.reduce((sum, { stored }) => sum + (stored?.size ?? 0), 0)
  }

  /** Bytes read, or skipped at the start. */
  get bytes(): number {
    return this.bytesBefore + (this.current?.bytesRead ?? 0)
  }

  /**
   * All events in chunks, at most one in each turn of the event loop: otherwise what is already in memory would be read, and
   * sent, before any response is seen.
   *
   * @throws InputError
   */
  async *events(): AsyncGenerator<EventRead[]> {
    const { start = 0, chunkSize = Infinity } = this.options
    for (const [input, { name, stored, open }] of this.inputs.entries()) {
      if (input >= start) {
        let first: EventRead | undefined
        try {
          this.current = open()
          for await (const reads of readEvents(this.watch(this.current, input), { file: name, input })) {
            first ??= reads.at(0)
            const origin = first && reads.some(needsMessageId) ? await this.startOf(first) : undefined
            let next = 0
            do {
              const chunk = reads.slice(next, next + chunkSize)
              yield origin === undefined ? chunk : chunk.map((read) => withMessageId(read, origin))
              await nextTurn()
              next += chunkSize
            } while (next < reads.length)
          }
        } catch (error) {
          throw new InputError(name, error)
        }
        if (first) {
          this.starts.add(first)
        } else {
          this.empty.push(name)
        }
      }
      this.current = undefined
      this.bytesBefore += stored?.size ?? 0
    }
  }

  private watch(source: Readable, input: number): Readable {
    const { onBytes } = this.options
    if (!onBytes) {
      return source
    }
    const watched = new Transform({
      transform(bytes: Buffer, _encoding, done) {
        onBytes(input, bytes)
        done(null, bytes)
      }
    })
    // Its errors reach the reader of the result.
    return pipeline(source, watched, () => undefined)
  }

  /** Inputs that are skipped count too, so that a run that resumes derives the same IDs. Most runs need not look at them. */
  private async startOf(first: EventRead): Promise<string> {
    const skipped = this.hasSkipped ? [] : this.inputs.slice(0, this.options.start ?? 0)
    this.hasSkipped = true
    for (const [input, { name, open }] of skipped.entries()) {
      const before = await firstOf(readEvents(open(), { file: name, input }))
      if (before) {
        this.starts.add(before)
      }
    }
    return this.starts.of(first)
  }

  /** Ends the reading, also of an input that is silent. */
  close(): void {
    this.current?.destroy()
  }
}

async function firstOf(chunks: AsyncIterable<EventRead[]>): Promise<EventRead | undefined> {
  for await (const [first] of chunks) {
    if (first) {
      return first
    }
  }
  return undefined
}
