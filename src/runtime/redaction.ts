import type { DestinationDefinition } from '@segment/actions-core'

const MASK = '[secret]'

export type Redact = (text: string) => string

/**
 * Redacts the settings that Segment keeps secret (type `password`), in the spellings in which an API may repeat them: as
 * they are, escaped for JSON, URLs or HTML, and in base64 as a Basic credential.
 */
export function createRedact<Settings extends object>(
  settings: Settings,
  { authentication }: Pick<DestinationDefinition<Settings>, 'authentication'>
): Redact {
  const secrets = Object.entries(settings).flatMap(([key, value]) =>
    authentication?.fields[key]?.type === 'password' && typeof value === 'string' && value.trim() ? [value.trim()] : []
  )
  if (secrets.length === 0) {
    return (text) => text
  }
  const spellings = secrets.flatMap((secret) => [
    ...inBase64(secret).map(literal),
    [...secret].map(anySpelling).join('')
  ])
  const pattern = new RegExp(spellings.join('|'), 'g')
  return (text) => text.replace(pattern, MASK)
}

/** Masks the credentials of an `Authorization` header, whatever they are, and keeps its scheme. */
export function maskCredentials(header: string): string {
  return header.replace(/^(\S+\s)?.*$/s, `$1${MASK}`)
}

function inBase64(secret: string): string[] {
  return [`${secret}:`, `:${secret}`, secret].flatMap((text) => {
    const encoded = Buffer.from(text).toString('base64')
    return [encoded, encoded.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function anySpelling(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  const escaped = units.map((unit) => `\\\\u${anyCase(unit.toString(16).padStart(4, '0'))}`).join('')
  const percent = [...Buffer.from(character)].map((byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`).join('')
  const codePoint = character.codePointAt(0) ?? 0
  const entity = `&#(?:0*${codePoint}|[xX]0*${anyCase(codePoint.toString(16))});`
  const named = NAMED_ENTITIES[character]
  // The longest first: `&` begins `&amp;`.
  return `(?:${[escaped, percent, entity, ...(named ? [named] : []), `\\\\?${literal(character)}`].join('|')})`
}

const NAMED_ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
