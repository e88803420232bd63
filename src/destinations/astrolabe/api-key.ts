import { InvalidAuthenticationError } from '@segment/actions-core'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'

/**
 * The `Authorization` header: Basic authentication with the API key as user name and no password, as in Segment's
 * "Building a Direct Destination".
 *
 * @throws InvalidAuthenticationError if the key can't be a Basic user name (RFC 7617): it is empty, or contains a colon
 * or a control character
 */
export function authorization(apiKey: string | undefined): string {
  const key = trimApiKey(apiKey)
  if (key === '') {
    throw new InvalidAuthenticationError(`The API key is empty. ${WHERE_TO_FIND_IT}`)
  }
  if (key.includes(':')) {
    throw new InvalidAuthenticationError(
      `The API key contains a colon, which no Astrolabe key does. ${WHERE_TO_FIND_IT}`
    )
  }
  if (/\p{Cc}/u.test(key)) {
    throw new InvalidAuthenticationError(
      `The API key contains a line break or another control character. ${WHERE_TO_FIND_IT}`
    )
  }
  return `Basic ${Buffer.from(`${key}:`, 'utf8').toString('base64')}`
}

export function trimApiKey(apiKey = ''): string {
  return apiKey.trim()
}
