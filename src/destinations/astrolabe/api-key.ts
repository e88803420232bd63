import { InvalidAuthenticationError } from '@segment/actions-core'

const WHERE_TO_FIND_IT =
  'Copy the API key again from the Segment.com connector in Astrolabe and paste it into the settings of this destination.'

/**
 * The value of the `Authorization` header: Basic authentication with the API key as user name and no password, as
 * Segment's "Building a Direct Destination" has it. White space around a pasted key is dropped.
 *
 * @throws InvalidAuthenticationError where the key cannot be a Basic user name (RFC 7617): it is empty, or it holds a
 * colon or a control character.
 */
export function authorization(apiKey: string | undefined): string {
  const key = trimApiKey(apiKey)
  if (key === '') {
    throw new InvalidAuthenticationError(`The API key is empty. ${WHERE_TO_FIND_IT}`)
  }
  if (key.includes(':')) {
    throw new InvalidAuthenticationError(`The API key holds a colon, which no Astrolabe key does. ${WHERE_TO_FIND_IT}`)
  }
  if (/\p{Cc}/u.test(key)) {
    throw new InvalidAuthenticationError(
      `The API key holds a line break or another control character. ${WHERE_TO_FIND_IT}`
    )
  }
  return `Basic ${encodeCredentials(key)}`
}

/** Takes the API key out of a text that quotes it: as pasted, as sent, or as URLs and base64 write it. */
export function redactApiKey(text: string, apiKey: string): string {
  const key = trimApiKey(apiKey)
  const sent = encodeCredentials(key)
  const forms = [sent, sent.replace(/=+$/, ''), base64(key), base64(key).replace(/=+$/, ''), ...urlEncodings(key), key]
  return forms.reduce((redacted, form) => redacted.split(form).join('[API key]'), text)
}

function trimApiKey(apiKey = ''): string {
  return apiKey.trim()
}

function encodeCredentials(key: string): string {
  return base64(`${key}:`)
}

/**
 * As forms and as encodeURIComponent write it. By URLSearchParams, which takes half a character too, where
 * encodeURIComponent throws.
 */
function urlEncodings(text: string): string[] {
  const form = new URLSearchParams([['', text]]).toString().slice(1)
  const component = form.replace(/\+/g, '%20').replace(/%(21|27|28|29|7E)/g, (escape) => decodeURIComponent(escape))
  return [form, component]
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
