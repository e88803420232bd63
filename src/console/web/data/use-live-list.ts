import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { MessageSummary, Page, Route, RouteParams, Routes } from '../../server/api'
import { call } from '../../client/call'
import type { ApiError, CallOptions } from '../../client/call'
import { onStale } from './live'
import { refresh } from './use-api'
import type { Stale } from './use-api'

type ListRoute = { [R in Route]: Routes[R]['response'] extends Page<unknown> ? R : never }[Route]
type ItemOf<R extends ListRoute> = Routes[R]['response'] extends Page<infer Item> ? Item : never
type ListQuery<R extends ListRoute> = Routes[R] extends { query: infer Query extends object } ? Query : never

export interface LiveList<Item> {
  items: Item[]
  /** How many items match, whether or not they are loaded. */
  matching: number
  /** How many items are kept, whether or not they match. */
  total: number
  dropped: number
  error: ApiError | null
  isLoading: boolean
  /** There are changes that are held back, because the reader would lose their place. */
  hasNews: boolean
  /** How many of them are new items. Undefined while they are counted. */
  newCount?: number
  showNews(): void
  /** Absent on the last page. */
  loadMore?: () => void
}

interface ListOptions<R extends ListRoute> {
  topic: Stale
  params?: RouteParams<R>
  query: ListQuery<R>
  /** While this is true nothing on the page moves, and `hasNews` says that there is more. */
  isHeld: boolean
  /** The item as it is now, for items that the live feed brings: it changes in its place. */
  updated?(item: ItemOf<R>, messages: MessageSummary[]): ItemOf<R>
}

/** A list, the newest first, that follows the live feed. */
export function useLiveList<R extends ListRoute>(route: R, options: ListOptions<R>): LiveList<ItemOf<R>> {
  const { topic, params, query, isHeld, updated } = options
  const client = useQueryClient()
  const [hasNews, setHasNews] = useState(false)
  const [newCount, setNewCount] = useState<number>()
  const lastCount = useRef(0)
  const scope = JSON.stringify([route, params])
  const queryKey = ['list', scope, query]

  const fetchPage = async (request: object) =>
    (await call(route, { params, ...request } as unknown as CallOptions<R>)) as Page<ItemOf<R>>

  const list = useInfiniteQuery<
    Page<ItemOf<R>>,
    ApiError,
    InfiniteData<Page<ItemOf<R>>>,
    unknown[],
    string | undefined
  >({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage({ query: { limit: PAGE_SIZE, ...query, after: pageParam }, signal }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    // Another search keeps the list in place until its result is there; another User's list does not.
    placeholderData: (previous, previousQuery) => (previousQuery?.queryKey[1] === scope ? previous : undefined)
  })

  const countNews = async () => {
    const count = ++lastCount.current
    const page = await fetchPage({ query: { ...query, limit: 1 } })
    const [shown] = list.data?.pages ?? []
    if (count !== lastCount.current || !shown) {
      return
    }
    if (everKept(page) < everKept(shown)) {
      // They were cleared, and what is shown leads nowhere.
      showNews()
    } else {
      setNewCount(Math.max(0, everMatching(page) - everMatching(shown)))
    }
  }

  const showNews = () => {
    lastCount.current++
    setHasNews(false)
    setNewCount(undefined)
    client.setQueryData<typeof list.data>(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: [undefined] }
    )
    void refresh(client, { queryKey })
  }

  const updateInPlace = (messages: MessageSummary[]) => {
    const update = (page: Page<ItemOf<R>>) => ({
      ...page,
      items: page.items.map((item) => updated?.(item, messages) ?? item)
    })
    client.setQueryData<typeof list.data>(queryKey, (data) => data && { ...data, pages: data.pages.map(update) })
  }

  const follow = useEffectEvent((stale: Stale, messages: MessageSummary[]) => {
    if (stale === topic) {
      if (isHeld) {
        updateInPlace(messages)
        setHasNews(true)
        // Without a count, the news can be shown all the same.
        void countNews().catch(() => setNewCount(0))
      } else {
        showNews()
      }
    }
  })
  useEffect(() => onStale(follow), [])

  const catchUp = useEffectEvent(() => {
    if (hasNews) {
      showNews()
    }
  })
  useEffect(() => {
    // Not while the mouse goes from one row to the next.
    const timer = isHeld ? undefined : setTimeout(catchUp)
    return () => clearTimeout(timer)
  }, [isHeld])

  const pages = list.data?.pages ?? []
  // Under a filter, an item that has changed may not match any more.
  const isShown = updated !== undefined && newCount === 0 && pages[0]?.matching === pages[0]?.total
  return {
    items: pages.flatMap(({ items }) => items),
    matching: pages[0]?.matching ?? 0,
    total: pages[0]?.total ?? 0,
    dropped: pages[0]?.dropped ?? 0,
    error: list.error,
    isLoading: list.isPending,
    hasNews: hasNews && !isShown,
    newCount,
    showNews,
    ...(list.hasNextPage ? { loadMore: () => void list.fetchNextPage() } : {})
  }
}

/** How many items have matched so far. Nobody knows how many of those that a filter looks for were dropped. */
function everMatching({ matching, total, dropped }: Page<unknown>): number {
  return matching < total ? matching : everKept({ total, dropped })
}

const everKept = ({ total, dropped }: Pick<Page<unknown>, 'total' | 'dropped'>): number => total + dropped

const PAGE_SIZE = 100
