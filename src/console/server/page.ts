import type { ListQuery, RecentMap } from '../../memory/recent-map'
import type { Page, PageQuery } from './api'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200

/** The JSON schema of `PageQuery`, for a route's `querystring`. */
export const pageQuerySchema = {
  search: { type: 'string', maxLength: 200 },
  after: { type: 'string', pattern: '^\\d{1,15}$' },
  limit: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT }
} as const

interface List<T> extends Pick<Page<T>, 'total' | 'dropped'>, Pick<PageQuery, 'after' | 'limit'> {
  /** The position of an item, which grows with each item. `after` is that of the last item of the page before. */
  positionOf: (item: T) => number
  matches: (item: T) => boolean
}

/** Cuts one page out of a list that has its newest items first. */
export function pageOf<T>(
  items: Iterable<T>,
  { after, limit = DEFAULT_LIMIT, positionOf, matches, total, dropped }: List<T>
): Page<T> {
  const found: T[] = []
  for (const item of items) {
    if ((after === undefined || positionOf(item) < Number(after)) && matches(item)) {
      found.push(item)
    }
    // One more than asked for tells whether there is a next page.
    if (found.length > limit) {
      break
    }
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const hasNext = last !== undefined && found.length > limit
  return { items: shown, total, ...(hasNext && { next: String(positionOf(last)) }), dropped }
}

/** One page of a list, the newest first. */
export function recordsPage<T, View>(
  list: Pick<RecentMap<T>, 'list'>,
  { search, after, limit = DEFAULT_LIMIT, matches }: PageQuery & Pick<ListQuery<T>, 'matches'>,
  view: (item: T) => View
): Page<View> {
  const { items, next, total, dropped } = list.list({
    order: 'newest first',
    limit,
    search,
    matches,
    ...(after !== undefined && { after: Number(after) })
  })
  return { items: items.map(view), total, ...(next !== undefined && { next: String(next) }), dropped }
}

/** Whether one of the texts contains the search text, in any case. */
export function matchesSearch(search: string | undefined, texts: (string | null | undefined)[]): boolean {
  const wanted = search?.trim().toLowerCase()
  return !wanted || texts.some((text) => text?.toLowerCase().includes(wanted))
}
