import { isJsonObject } from '../../formats/json'

/** Fields of one object of an event. In a list, each item is such an object. */
export interface Fields {
  /** Where the object is; empty for the event itself. */
  path: readonly string[]
  keys: readonly string[]
}

/**
 * An event without these fields, or with no others in the same object. Copies only the objects that change.
 *
 * @param onRemoved gets the path of each removed field, such as `properties.products[].price`
 * @returns the event itself if it has nothing to remove
 */
export function removeFields(
  event: unknown,
  { path, keys }: Fields,
  kind: 'drop' | 'allow',
  onRemoved: (path: string) => void
): unknown {
  const isRemoved = (key: string) => keys.includes(key) === (kind === 'drop')

  function without(value: unknown, [key, ...rest]: readonly string[], place: string): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item) => without(item, key === undefined ? [] : [key, ...rest], `${place}[]`))
      return items.some((item, index) => item !== value[index]) ? items : value
    }
    if (!isJsonObject(value)) {
      return value
    }
    if (key === undefined) {
      return withoutKeys(value, place)
    }
    const child = Object.hasOwn(value, key) ? value[key] : undefined
    const changed = without(child, rest, join(place, key))
    return changed === child ? value : { ...value, [key]: changed }
  }

  function withoutKeys(object: Record<string, unknown>, place: string): unknown {
    const removed = Object.keys(object).filter(isRemoved)
    removed.forEach((key) => onRemoved(join(place, key)))
    return removed.length === 0 ? object : Object.fromEntries(Object.entries(object).filter(([key]) => !isRemoved(key)))
  }

  return without(event, path, '')
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`
}
