const REDACTED = '[API key]'

/**
 * Makes the function that takes API keys out of whatever is reported, before anything of it is cut: an API may repeat
 * what it was sent, as text, or as JSON, HTML, URLs or base64 write it.
 */
export function redactor(apiKeys: string[]): (text: string) => string {
  // The longest first: a short form inside a longer one would leave the rest of it.
  const forms = [...new Set(apiKeys.flatMap(formsOf))].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(forms.map(escapeRegExp).join('|'), 'gi')
  return (text) => (forms.length > 0 ? text.replace(pattern, REDACTED) : text)
}

/** Compared without regard to case, as `%2f` is `%2F`. */
function formsOf(apiKey: string): string[] {
  const base64 = [`${apiKey}:`, apiKey].flatMap((text) => [
    Buffer.from(text, 'utf8').toString('base64'),
    Buffer.from(text, 'utf8').toString('base64url')
  ])
  return [
    apiKey,
    inJson(apiKey),
    inHtml(apiKey),
    ...inUrl(apiKey),
    ...base64,
    ...base64.map((text) => text.replace(/=+$/, '')),
    ...base64.flatMap(inUrl)
  ]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&${ENTITIES[character]};`)
}

const ENTITIES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }

/** As forms do, and as JavaScript's two functions do, which leave more characters as they are. */
function inUrl(text: string): string[] {
  // Through UTF-8, as half a character, which both functions throw at, has no form of its own there.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8')
  return [new URLSearchParams([['', text]]).toString().slice(1), encodeURIComponent(wellFormed), encodeURI(wellFormed)]
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
