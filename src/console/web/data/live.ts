import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { LiveHello, LiveUpdate } from '../../server/api'
import { refresh } from './use-api'
import type { Stale } from './use-api'

/** `lost`: the server went away, and the browser tries to reach it again. */
export type Connection = 'connecting' | 'live' | 'lost'

let connection: Connection = 'connecting'
const connectionListeners = new Set<() => void>()
const staleListeners = new Set<(topic: Stale) => void>()

/** Follows the console's live feed while the page can be seen, and fetches again what it reports. */
export function followLiveFeed(client: QueryClient): void {
  let feed: EventSource | undefined
  let run: string | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    feed = new EventSource('/api/live')
    feed.addEventListener('hello', ({ data }: MessageEvent<string>) => {
      const hello = JSON.parse(data) as LiveHello
      setConnection('live')
      if (!hello.isFresh || hello.run !== run) {
        void refresh(client)
      }
      run = hello.run
    })
    feed.addEventListener('update', ({ data }: MessageEvent<string>) => {
      const { messages, omitted, changed } = JSON.parse(data) as LiveUpdate
      const stale: Stale[] = messages.length + omitted > 0 ? ['messages', ...changed] : changed
      for (const topic of stale) {
        void refresh(client, { queryKey: [topic] })
        staleListeners.forEach((listener) => listener(topic))
      }
    })
    feed.addEventListener('error', () => {
      setConnection('lost')
      // The browser retries by itself, except after a response that is not a stream.
      if (feed?.readyState === EventSource.CLOSED) {
        retry = setTimeout(connect, RECONNECT_AFTER)
      }
    })
  }

  // A browser opens six connections to a host at most, for all tabs together.
  function followVisibility(): void {
    clearTimeout(retry)
    feed?.close()
    if (document.visibilityState === 'visible') {
      connect()
    }
  }

  document.addEventListener('visibilitychange', followVisibility)
  followVisibility()
}

/** @returns a function that ends it */
export function onStale(listener: (topic: Stale) => void): () => void {
  staleListeners.add(listener)
  return () => staleListeners.delete(listener)
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection)
}

/** Milliseconds. */
const RECONNECT_AFTER = 1_000

function subscribe(listener: () => void): () => void {
  connectionListeners.add(listener)
  return () => connectionListeners.delete(listener)
}

function setConnection(next: Connection): void {
  connection = next
  connectionListeners.forEach((listener) => listener())
}
