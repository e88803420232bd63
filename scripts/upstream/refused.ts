/** Nothing was written, and the message says why in one sentence or two. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
}
