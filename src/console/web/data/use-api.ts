import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { Route, Topic } from '../../server/api'
import { call } from './client'
import type { ApiError, CallOptions, ResponseOf } from './client'
import { refresh } from './refresh'

type GetRoute = Extract<Route, `GET ${string}`>
type ChangeRoute = Exclude<Route, GetRoute>

/** Everything that the live feed can tell to be stale. */
export type Stale = Topic | 'messages' | 'status' | 'catalog' | 'examples'

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

/** The first element is the topic, so that the live feed can invalidate by it. */
export function apiKey<R extends GetRoute>(route: R, { params, query }: CallOptions<R>): unknown[] {
  return [topicOf(route), route, params ?? {}, query ?? {}]
}

function topicOf(route: GetRoute): Stale {
  if (route.endsWith('/mappings') || route.endsWith('/delivery')) {
    return route.endsWith('/mappings') ? 'mappings' : 'delivery'
  }
  return route.split('/')[2] as Stale
}
