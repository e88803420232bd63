import type { JSONObject } from '@segment/actions-core'
import { ROOT_KEYS } from './envelope'
import { bareKey, closest } from './similar'
import type { SubscriptionProblem } from './subscription-problems'

/** These take such a text for what it is, or say that it is meant. */
const READING = ['@path', '@template', '@literal']

/**
 * Sentences on fields whose mapping is valid, but hardly what was meant: a path or a template as text, which is sent as it
 * stands, and a path that no event of Segment's has.
 */
export function mappingWarnings(mapping: JSONObject): SubscriptionProblem[] {
  return Object.entries(mapping).flatMap(([field, value]) => [
    ...textsIn(value).flatMap((text) => {
      const directive = directiveFor(text)
      return directive === undefined
        ? []
        : {
            field,
            message: `The field "${field}" sends the text ${JSON.stringify(text)} itself. To read the event, write {"${directive}": ${JSON.stringify(text)}}.`
          }
    }),
    ...pathsIn(value).flatMap((path) => {
      const meant = meantPath(path)
      return meant === undefined
        ? []
        : {
            field,
            message: `The field "${field}" reads "${path}", which Segment's events don't have. Did you mean "${meant}"?`
          }
    })
  ])
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

/** Of all directives, as paths. */
function pathsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return []
  }
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    if (key === '@path' && typeof child === 'string') {
      return [child]
    }
    return key === '@template' && typeof child === 'string'
      ? Array.from(child.matchAll(/\{\{\{?\s*([\w.]+)/g), ([, path]) => `$.${path}`)
      : pathsIn(child)
  })
}

function meantPath(path: string): string | undefined {
  const [, key = '', rest = ''] = /^\$\.(\w+)(.*)$/s.exec(path) ?? []
  if (key === '' || ROOT_KEYS.includes(key)) {
    return undefined
  }
  const meant = ROOT_KEYS.find((known) => bareKey(known) === bareKey(key)) ?? closest(key, ROOT_KEYS)
  return meant === undefined ? undefined : `$.${meant}${rest}`
}
