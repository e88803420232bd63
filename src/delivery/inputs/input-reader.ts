import { pipeline, Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { InputError } from './find-inputs'
import type { Input } from './find-inputs'
import { withMessageId } from './message-id'
import { readEvents } from './read-events'
import type { EventRead } from './read-events'

/** Reads all inputs, one after the other. */
export class InputReader {
  /** Names of inputs that hold no events. */
  readonly empty: string[] = []
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
    return this.inputs.some(({ file }) => !file)
      ? undefined
      : this.inputs.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
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
    for (const [input, { name, file, open }] of this.inputs.entries()) {
      if (input >= start) {
        let isEmpty = true
        try {
          this.current = open()
          for await (const reads of readEvents(this.watch(this.current, input), { file: name, input })) {
            isEmpty &&= reads.length === 0
            let next = 0
            do {
              yield reads.slice(next, next + chunkSize).map(withMessageId)
              await nextTurn()
              next += chunkSize
            } while (next < reads.length)
          }
        } catch (error) {
          throw new InputError(name, error)
        }
        if (isEmpty) {
          this.empty.push(name)
        }
      }
      this.current = undefined
      this.bytesBefore += file?.size ?? 0
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

  /** Ends the reading, also of an input that is silent. */
  close(): void {
    this.current?.destroy()
  }
}
