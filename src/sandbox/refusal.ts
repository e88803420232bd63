/** What a request is answered with, thrown or handed on: `message` is written for the customer and holds no key. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string
  ) {
    super(message)
  }
}
