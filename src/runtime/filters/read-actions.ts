import { isJsonObject } from '../../formats/json'
import { ACTION_TYPES } from './filters'
import type { FilterAction } from './filters'
import type { Fields } from './remove-fields'

/**
 * The actions of a filter, as Segment's Public API writes them.
 *
 * @param report called with a sentence for each that can't be applied exactly
 */
export function readActions(actions: unknown, report: (message: string) => void): FilterAction[] {
  if (!Array.isArray(actions) || actions.length === 0) {
    report('"actions" is not a list of actions.')
    return []
  }
  return actions.flatMap((action: unknown, index) => {
    const read = readAction(isJsonObject(action) ? action : {})
    if (typeof read === 'string') {
      report(`Action ${index + 1}: ${read}`)
      return []
    }
    return read
  })
}

/** The keys that an action may have besides its type. */
const KEYS: Record<FilterAction['type'], string[]> = {
  SAMPLE: ['percent', 'path'],
  DROP: [],
  DROP_PROPERTIES: ['fields'],
  ALLOW_PROPERTIES: ['fields']
}

/** @returns a sentence if the action can't be applied exactly */
function readAction({ type: name, ...options }: Record<string, unknown>): FilterAction | string {
  const type = ACTION_TYPES.find((known) => known === name)
  if (!type) {
    return `There is no action ${JSON.stringify(name) ?? 'without "type"'}. Types: ${ACTION_TYPES.join(', ')}.`
  }
  const superfluous = Object.keys(options).find((key) => !KEYS[type].includes(key) && !isAbsent(options[key]))
  if (superfluous !== undefined) {
    return `${type} has no "${superfluous}".`
  }
  switch (type) {
    case 'DROP':
      return { type }
    case 'SAMPLE':
      return readSample(options)
    case 'DROP_PROPERTIES':
    case 'ALLOW_PROPERTIES': {
      const fields = readFields(options.fields)
      return typeof fields === 'string' ? fields : { type, fields }
    }
  }
}

/** The API may write empty options for absent ones. */
function isAbsent(value: unknown): boolean {
  return value === null || value === '' || (isJsonObject(value) && Object.keys(value).length === 0)
}

function readSample({ percent, path }: Record<string, unknown>): FilterAction | string {
  if (typeof percent !== 'number' || !(percent >= 0 && percent <= 1)) {
    return '"percent" is not a number from 0 to 1, such as 0.2 for 20%.'
  }
  if (isAbsent(path) || path === undefined) {
    return { type: 'SAMPLE', percent }
  }
  const keys = readPlace(path)
  return keys ? { type: 'SAMPLE', percent, path: keys } : '"path" is not a path such as properties.plan.'
}

function readFields(fields: unknown): Fields[] | string {
  if (!isJsonObject(fields) || Object.keys(fields).length === 0) {
    return '"fields" names no fields. Write it like { "properties": ["email"] }.'
  }
  const read: Fields[] = []
  for (const [place, keys] of Object.entries(fields)) {
    const path = place === '' ? [] : readPlace(place)
    if (!path) {
      return `${JSON.stringify(place)} is not a path such as properties.address.`
    }
    if (!Array.isArray(keys) || !keys.every((key): key is string => typeof key === 'string' && key !== '')) {
      return `The fields of ${JSON.stringify(place)} are not a list of names.`
    }
    const nested = keys.find((key) => key.includes('.'))
    if (nested !== undefined) {
      const parts = nested.split('.')
      const parent = [...path, ...parts.slice(0, -1)].join('.')
      return `It is not documented whether "${nested}" is a name or a path. For the path, write { "${parent}": ["${parts.at(-1)}"] }.`
    }
    read.push({ path, keys })
  }
  return read
}

function readPlace(path: unknown): string[] | undefined {
  const keys = typeof path === 'string' ? path.split('.') : []
  return keys.length > 0 && keys.every((key) => key !== '' && !/[\\[\]$]/.test(key)) ? keys : undefined
}
