import { InvalidInput } from './invalid-input'

/** How a request proves who it comes from, and how a report names that without showing it. */
export interface Credentials {
  /** `the key`, `no key` … */
  name: string
  /** The value of the `Authorization` header; without one, there is no such header. */
  authorization?: string
}

/** As the contract has it: the key is the user name, the password is empty, the colon is always there. */
export function apiKeyCredentials(name: string, apiKey: string): Credentials {
  return { name, authorization: `Basic ${Buffer.from(`${apiKey}:`, 'utf8').toString('base64')}` }
}

/** A key that no workspace has. */
export const WRONG_KEY = apiKeyCredentials('a wrong key', 'astrolabe-segment-check-wrong-key')

export const NO_KEY: Credentials = { name: 'no key' }

/** Neither base64 nor, decoded, with a colon in it. */
export const MALFORMED_CREDENTIALS: Credentials = { name: 'malformed credentials', authorization: 'Basic ?' }

/**
 * Drops the white space around a pasted key.
 *
 * @param name what to call it where it cannot be used
 * @throws InvalidInput where the key cannot be a Basic user name (RFC 7617): it is empty, or it holds a colon or a
 * control character
 */
export function parseApiKey(text: string, name = 'The API key'): string {
  const apiKey = text.trim()
  if (apiKey === '') {
    throw new InvalidInput(`${name} is empty.`)
  }
  if (/[:\p{Cc}]/u.test(apiKey)) {
    throw new InvalidInput(`${name} holds a colon or a control character, which no Astrolabe key does.`)
  }
  return apiKey
}
