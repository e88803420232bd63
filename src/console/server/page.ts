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

/** One page of a list, the newest first. */
export function pageOf<T, View>(
  list: Pick<RecentMap<T>, 'list'>,
  { search, after, limit = DEFAULT_LIMIT, matches }: PageQuery & Pick<ListQuery<T>, 'matches'>,
  view: (item: T) => View
): Page<View> {
  const { items, next, matching, total, dropped } = list.list({
    order: 'newest first',
    limit,
    search,
    matches,
    ...(after !== undefined && { after: Number(after) })
  })
  return { items: items.map(view), matching, total, ...(next !== undefined && { next: String(next) }), dropped }
}
