/** A key can't be used. The message never repeats it. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError'
}

/** How a request authenticates, and how a report names that without showing it. */
export interface Credentials {
  /** `the key`, `no key` … */
  name: string
  /** The value of the `Authorization` header; undefined sends no such header. */
  authorization?: string
  /** The arguments of curl that send the same, in shell's spelling. A user's key is a variable. */
  curl: string
}

/**
 * Basic authentication with the key as user name and an empty password.
 *
 * @param shown the key as a shell reads it: `$` and a variable's name for a secret
 */
export function apiKeyCredentials(name: string, apiKey: string, shown: string): Credentials {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`, 'utf8').toString('base64')}`
  return { name, authorization, curl: `-u "${shown}:"` }
}

const NO_WORKSPACE_HAS = 'astrolabe-segment-check-wrong-key'

/** A key that no workspace has. */
export const WRONG_KEY = apiKeyCredentials('a wrong key', NO_WORKSPACE_HAS, NO_WORKSPACE_HAS)

export const NO_KEY: Credentials = { name: 'no key', curl: '' }

/** Not base64, and has no colon once decoded. */
export const MALFORMED_CREDENTIALS: Credentials = {
  name: 'malformed credentials',
  authorization: 'Basic ?',
  curl: "-H 'authorization: Basic ?'"
}

/**
 * Trims a pasted key.
 *
 * @param name the key's name in an error
 * @throws InvalidKeyError if the key can't be a Basic user name (RFC 7617): it is empty, or contains a colon or a
 * control character
 */
export function parseApiKey(text: string, name = 'The API key'): string {
  const apiKey = text.trim()
  if (apiKey === '') {
    throw new InvalidKeyError(`${name} is empty.`)
  }
  if (/[:\p{Cc}]/u.test(apiKey)) {
    throw new InvalidKeyError(`${name} contains a colon or a control character. No Astrolabe key does.`)
  }
  return apiKey
}
