/** A call as a client sends it: any JSON object. */
export type Call = Record<string, unknown>

/** A call as Segment hands it on. */
export interface SegmentMessage extends Call {
  type: string
  messageId: string
  /** ISO 8601, as are `sentAt` and `originalTimestamp`, which only some messages have. */
  receivedAt: string
  timestamp: string
}

export const CALL_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const

export type CallType = (typeof CALL_TYPES)[number]

export function isObject(value: unknown): value is Call {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
