import { crc32 } from 'node:zlib'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import type { FromSchema } from 'json-schema-to-ts'
import type { InputListState } from './input-list'
import { EVENT_OUTCOMES, isAfter } from './result'
import type { Position } from './result'
import type { SelectionCounts } from './selection'
import type { TallyState } from './tally'

/** The state of a run, from which another one resumes. */
export interface Checkpoint {
  /** The options that decide which events are delivered and to which receiver, by name. A resumed run has the same. */
  options: Record<string, string>
  inputs: InputListState
  /** Everything up to here is settled, except `unsettled`. */
  readUpTo?: Position
  /** Events that are not settled, as pairs of input and line, in order. */
  unsettled: [number, number][]
  isFinished: boolean
  tally: TallyState
  selection: SelectionCounts
  /** Files that grow with the run, and their bytes that belong to settled events. */
  undelivered?: { file: string; bytes: number }
  report?: { file: string; bytes: number }
}

const VERSION = 3

/** @returns the text of the file. Its checksum shows changes that are possible states, such as another line. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const state = JSON.stringify(checkpoint)
  return `{"version":${VERSION},"checksum":${checksumOf(state)},"state":${state}}`
}

/** @returns the state; undefined for a file of something else, and what is wrong with a checkpoint that was changed */
export function parseCheckpoint(text: string): Checkpoint | { problem: string } | undefined {
  const value = parse(text)
  if (value?.version !== VERSION) {
    return undefined
  }
  validate ??= new Ajv().compile(SCHEMA)
  const { state, checksum } = value
  if (!validate(state)) {
    const [{ instancePath, message } = { instancePath: '', message: '' }] = validate.errors ?? []
    return { problem: `${instancePath} ${message}`.trim() }
  }
  const problem = findContradiction(state)
  if (problem) {
    return { problem }
  }
  return checksum === checksumOf(JSON.stringify(state)) ? state : { problem: 'its checksum is another one' }
}

function parse(text: string): { version?: unknown; checksum?: unknown; state?: unknown } | null | undefined {
  try {
    // The cast: any property of any value but null may be read.
    return JSON.parse(text) as ReturnType<typeof parse>
  } catch {
    return undefined
  }
}

/** Against edits and damage, not against forgery. It is written each second, so it is fast. */
function checksumOf(text: string): number {
  return crc32(text)
}

/** @returns half a sentence, or undefined if no part of the state contradicts another one */
function findContradiction({ readUpTo, unsettled, isFinished, tally }: Checkpoint): string | undefined {
  let before: Position = { input: 0, line: 0 }
  for (const [input, line] of unsettled) {
    if (!readUpTo || isAfter({ input, line }, readUpTo)) {
      return 'an event is unsettled that it has not read'
    }
    if (!isAfter({ input, line }, before)) {
      return 'unsettled events are out of order'
    }
    before = { input, line }
  }
  if (isFinished && unsettled.length > 0) {
    return 'it is finished, and events are not settled'
  }
  const outcome = EVENT_OUTCOMES.find(
    (name) =>
      tally.reasons.reduce((sum, reason) => sum + (reason.outcome === name ? reason.count : 0), 0) > tally.counts[name]
  )
  return outcome && `there are more reasons for "${outcome}" than such events`
}

const COUNT = { type: 'integer', minimum: 0 } as const
const TEXT = { type: 'string' } as const

const LOCATION = {
  type: 'object',
  properties: { file: TEXT, unit: { enum: ['line', 'item'] }, line: COUNT },
  required: ['file', 'unit', 'line']
} as const

const LINE_FILE = {
  type: 'object',
  properties: { file: TEXT, bytes: COUNT },
  required: ['file', 'bytes']
} as const

const SCHEMA = {
  type: 'object',
  properties: {
    options: { type: 'object', additionalProperties: TEXT },
    inputs: {
      type: 'object',
      properties: {
        bytes: COUNT,
        checksum: COUNT,
        reading: {
          type: 'object',
          properties: { input: COUNT, bytes: { type: 'integer', minimum: 1 }, hash: TEXT },
          required: ['input', 'bytes', 'hash']
        }
      },
      required: ['bytes', 'checksum']
    },
    readUpTo: { type: 'object', properties: { input: COUNT, line: COUNT }, required: ['input', 'line'] },
    unsettled: {
      type: 'array',
      items: { type: 'array', items: [COUNT, COUNT], minItems: 2, maxItems: 2, additionalItems: false }
    },
    isFinished: { type: 'boolean' },
    tally: {
      type: 'object',
      properties: {
        counts: {
          type: 'object',
          properties: {
            delivered: COUNT,
            'not subscribed': COUNT,
            filtered: COUNT,
            rejected: COUNT,
            failed: COUNT,
            'not tried': COUNT
          },
          required: EVENT_OUTCOMES
        },
        unsaved: COUNT,
        reasons: {
          type: 'array',
          items: {
            ...LOCATION,
            properties: {
              ...LOCATION.properties,
              outcome: { enum: EVENT_OUTCOMES },
              reason: TEXT,
              status: { type: 'integer' },
              count: COUNT
            },
            required: ['file', 'unit', 'line', 'outcome', 'reason', 'count']
          }
        }
      },
      required: ['counts', 'unsaved', 'reasons']
    },
    selection: {
      type: 'object',
      properties: {
        counted: COUNT,
        outsidePeriod: COUNT,
        withoutTime: COUNT,
        firstWithoutTime: LOCATION,
        otherShards: COUNT
      },
      required: ['counted', 'outsidePeriod', 'withoutTime', 'otherShards']
    },
    undelivered: LINE_FILE,
    report: LINE_FILE
  },
  required: ['options', 'inputs', 'unsettled', 'isFinished', 'tally', 'selection']
} as const

/** Compiled for the first checkpoint: that takes a while. The type fails to compile if the schema allows what no state is. */
let validate: ValidateFunction<FromSchema<typeof SCHEMA>> | undefined
