/** Any JSON value, such as a trait or a mapping. */
export type Json = null | boolean | number | string | Json[] | JsonObject

/** An event as clients send it, its traits or properties, or the mapping of an action's fields. */
export interface JsonObject {
  [key: string]: Json
}

/** An ISO 8601 date and time in UTC, such as `2026-01-31T09:00:00.000Z`. */
export type Instant = string

/** The body of every response that is not 2xx. */
export interface Problem {
  /** One sentence: what happened and what to do. */
  message: string
  /** What is wrong with each field, if the request holds a form. */
  fields?: FieldProblem[]
}

export interface FieldProblem {
  /** The field's key, or a path into it such as `fields.traits`. */
  field: string
  message: string
}

/** One part of a list. */
export interface Page<T> {
  items: T[]
  /** How many items match, on all pages. */
  matching: number
  /** How many items are kept, whether or not they match. */
  total: number
  /** Pass it as `after` to get the next page. Absent on the last page. */
  next?: string
  /** How many items were dropped because of the memory limit. */
  dropped: number
}

/** What every list understands. */
export interface PageQuery {
  /** A text to find, in any case. */
  search?: string
  /** `next` of the page before. */
  after?: string
  /** How many items at most, 1 to 200. Default: 50. */
  limit?: number
}
