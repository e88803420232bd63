import { distance } from 'fastest-levenshtein'

/** How many letters may differ (be added, dropped or replaced) between a misspelt word and the right one. */
const MAX_DISTANCE = 2

/** Longer words are not compared: comparing takes the product of both lengths. */
const MAX_LENGTH = 20

/** The form that keys share if they differ only in case, underscores and hyphens: `user_id` and `userId`. */
export function bareKey(key: string): string {
  return key.length > MAX_LENGTH ? key : key.toLowerCase().replace(/[_-]/g, '')
}

/** The word that was probably meant; undefined if none is close. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const trimmed = word.trim().toLowerCase()
  if (trimmed.length > MAX_LENGTH) {
    return undefined
  }
  const [best] = words
    .map((candidate) => ({ candidate, distance: distance(trimmed, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.min(MAX_DISTANCE, best.candidate.length / 2) ? best.candidate : undefined
}
