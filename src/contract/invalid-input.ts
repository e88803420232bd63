/** What the check was given cannot be used. Its message says what to give instead, and repeats no key. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
}
