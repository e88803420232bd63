/** Nothing was written, and the message says why. */
export class RejectedError extends Error {
  override readonly name = 'RejectedError'
}
