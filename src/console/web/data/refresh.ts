import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/**
 * Fetches again what a change has made stale. A response on its way may be older than the change, so another request
 * follows it. It is not cancelled: under load, changes come faster than responses, and none would ever be shown.
 */
export async function refresh(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  const invalidate = (filter: QueryFilters) => client.invalidateQueries(filter, { cancelRefetch: false })
  const followUps = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .map(({ promise, queryKey }) => {
      const again = () => invalidate({ queryKey, exact: true })
      return promise?.then(again, again)
    })
  await Promise.all([invalidate(filters), ...followUps])
}
