/** An `Authorization` header, as the contract has it: the key is the user name, the password is empty, the colon is always there. */
export function basic(userPass: string): string {
  return `Basic ${Buffer.from(userPass).toString('base64')}`
}
