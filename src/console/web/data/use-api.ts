import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient, QueryFilters, UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { Route, Topic } from '../../server/api'
import { call } from '../../client/call'
import type { ApiError, CallOptions, ResponseOf } from '../../client/call'

type GetRoute = Extract<Route, `GET ${string}`>
type ChangeRoute = Exclude<Route, GetRoute>

/** Everything that the live feed can tell to be stale. */
export type Stale = Topic | 'status' | 'catalog' | 'examples'

/** Fetches a route and fetches it again when the live feed reports a change. */
export function useApi<R extends GetRoute>(
  route: R,
  options: CallOptions<R>,
  { isEnabled = true } = {}
): UseQueryResult<ResponseOf<R>, ApiError> {
  return useQuery<ResponseOf<R>, ApiError>({
    queryKey: apiKey(route, options),
    queryFn: ({ signal }) => call(route, { ...options, signal }),
    enabled: isEnabled
  })
}

/** Sends a change, then fetches what it may have made stale. */
export function useChange<R extends ChangeRoute>(route: R): UseMutationResult<ResponseOf<R>, ApiError, CallOptions<R>> {
  const client = useQueryClient()
  return useMutation<ResponseOf<R>, ApiError, CallOptions<R>>({
    mutationFn: (options) => call(route, options),
    onSuccess: () => refresh(client, { predicate: ({ queryKey }) => queryKey[0] !== 'messages' })
  })
}

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

/** The first element is the topic, so that the live feed can invalidate by it. */
function apiKey<R extends GetRoute>(route: R, { params, query }: CallOptions<R>): unknown[] {
  return [topicOf(route), route, params ?? {}, query ?? {}]
}

function topicOf(route: GetRoute): Stale {
  const ofDestination = (['mappings', 'filters', 'delivery'] as const).find((topic) => route.endsWith(`/${topic}`))
  return ofDestination ?? (route.split('/')[2] as Stale)
}
