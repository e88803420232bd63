import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { LiveHello, LiveUpdate, MessageSummary } from '../../server/api'
import { refresh } from './use-api'
import type { Stale } from './use-api'

/** `lost`: the server went away, and the browser tries to reach it again. */
export type Connection = 'connecting' | 'live' | 'lost'

/** `messages` are the newest ones that are new or have changed, as they are now. */
type StaleListener = (topic: Stale, messages: MessageSummary[]) => void

let connection: Connection = 'connecting'
/** Of the console that this tab has seen first, so that a restart is told even after a reload. */
const RUN_KEY = 'run'
let latestRun = ''
let isRestarted = false
const connectionListeners = new Set<() => void>()
const staleListeners = new Set<StaleListener>()

/** Follows the console's live feed while the page can be seen, and fetches again what it reports. */
export function followLiveFeed(client: QueryClient): void {
  let feed: EventSource | undefined
  let run: string | undefined
  let retry: ReturnType<typeof setTimeout> | undefined

  function connect(): void {
    feed = new EventSource('/api/live')
    feed.addEventListener('hello', ({ data }: MessageEvent<string>) => {
      const hello = JSON.parse(data) as LiveHello
      const firstRun = sessionStorage.getItem(RUN_KEY) ?? hello.run
      sessionStorage.setItem(RUN_KEY, firstRun)
      latestRun = hello.run
      isRestarted = firstRun !== hello.run
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
        staleListeners.forEach((listener) => listener(topic, messages))
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
export function onStale(listener: StaleListener): () => void {
  staleListeners.add(listener)
  return () => staleListeners.delete(listener)
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection)
}

/** Whether the console has forgotten what this tab has seen, and a function that acknowledges it. */
export function useRestart(): [isRestarted: boolean, dismiss: () => void] {
  const dismiss = () => {
    sessionStorage.setItem(RUN_KEY, latestRun)
    isRestarted = false
    connectionListeners.forEach((listener) => listener())
  }
  return [useSyncExternalStore(subscribe, () => isRestarted), dismiss]
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
