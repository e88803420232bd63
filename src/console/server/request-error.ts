import type { FieldProblem } from './api'

/** The client asked for something that can't be done. `message` is for people: what happened and what to do. */
export class RequestError extends Error {
  override readonly name = 'RequestError'

  constructor(
    readonly statusCode: 400 | 404 | 409 | 422,
    message: string,
    readonly fields?: FieldProblem[]
  ) {
    super(message)
  }
}

/** @throws RequestError (404) that says what is missing, if there is no value */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new RequestError(404, `This ${what} does not exist. It may have been deleted, or dropped to save memory.`)
  }
  return value
}
