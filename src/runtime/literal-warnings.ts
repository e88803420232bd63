import type { JSONObject } from '@segment/actions-core'

/** These take such a text for what it is, or say that it is meant. */
const READING = ['@path', '@template', '@literal']

/** Sentences on fields that hold a path or a template as text, which is sent as it stands. */
export function literalWarnings(mapping: JSONObject): string[] {
  return Object.entries(mapping).flatMap(([field, value]) =>
    textsIn(value).flatMap((text) => {
      const directive = directiveFor(text)
      return directive === undefined
        ? []
        : `The field "${field}" sends the text ${JSON.stringify(text)} itself. To read the event, write {"${directive}": ${JSON.stringify(text)}}.`
    })
  )
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value]
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => (READING.includes(key) ? [] : textsIn(child)))
    : []
}

function directiveFor(text: string): string | undefined {
  if (/^\$\.[^\s]+$/.test(text)) {
    return '@path'
  }
  return /\{\{.*\}\}/.test(text) ? '@template' : undefined
}
