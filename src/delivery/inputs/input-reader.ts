import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { InputError } from './find-inputs'
import type { Input } from './find-inputs'
import { InputStarts, needsMessageId, withMessageId } from './message-id'
import { readEvents } from './read-events'
import type { EventRead } from './read-events'
import type { ByteSource } from './text-reader'

/** Inputs that are opened ahead. Each holds some bytes, so that a small one need not be waited for, however far away it is. */
const AHEAD = 16

/** Reads all inputs, one after the other. */
export class InputReader {
  /** Names of inputs that hold no events. */
  readonly empty: string[] = []
  private readonly starts = new InputStarts()
  private hasSkipped = false
  private bytesBefore = 0
  private current?: OpenInput
  /** The current one and the next ones, by index. */
  private readonly opened = new Map<number, OpenInput>()

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
    for (const [input, { name, stored }] of this.inputs.entries()) {
      if (input >= start) {
        let first: EventRead | undefined
        try {
          this.current = this.open(input)
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
      this.opened.delete(input)
      this.bytesBefore += stored?.size ?? 0
    }
  }

  private open(input: number): OpenInput {
    for (let next = input + 1; next <= input + AHEAD && this.inputs.at(next)?.stored; next++) {
      if (!this.opened.has(next)) {
        // Its errors reach whoever reads it.
        const ahead = this.inputs[next].open().on('error', () => undefined)
        ahead.read(0)
        this.opened.set(next, ahead)
      }
    }
    const opened = this.opened.get(input) ?? this.inputs[input].open()
    this.opened.set(input, opened)
    return opened
  }

  private watch(source: Readable, input: number): ByteSource {
    const { onBytes } = this.options
    if (!onBytes) {
      return source
    }
    return {
      destroy: () => source.destroy(),
      async *[Symbol.asyncIterator]() {
        for await (const bytes of source as AsyncIterable<Buffer>) {
          onBytes(input, bytes)
          yield bytes
        }
      }
    }
  }

  /** Inputs that are skipped count too, so that a run that resumes derives the same IDs. Most runs need not look at them. */
  private async startOf(first: EventRead): Promise<string> {
    const skipped = this.hasSkipped ? [] : this.inputs.slice(0, this.options.start ?? 0)
    this.hasSkipped = true
    for (const [index, input] of skipped.entries()) {
      const before = await firstOf(readEvents(input.open(), { file: input.name, input: index }))
      if (before) {
        this.starts.add(before)
      }
    }
    return this.starts.of(first)
  }

  /** Ends the reading, also of an input that is silent. */
  close(): void {
    this.opened.forEach((input) => input.destroy())
  }
}

type OpenInput = ReturnType<Input['open']>

async function firstOf(chunks: AsyncIterable<EventRead[]>): Promise<EventRead | undefined> {
  for await (const [first] of chunks) {
    if (first) {
      return first
    }
  }
  return undefined
}
