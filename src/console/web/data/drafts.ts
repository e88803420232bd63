import { useSyncExternalStore } from 'react'
import type { FreeEmailChoice, Mapping } from '../../server/api'

/** The input of a form that is not saved yet. What is left out has not been touched. */
export interface Draft {
  name?: string
  /** Where the wizard for connectors is. */
  step?: 'type' | 'name' | 'free email'
  freeEmailProviders?: FreeEmailChoice
  sourceId?: string
  settings?: Record<string, string>
  isEnabled?: boolean
  /** Why the destination was saved without being enabled. */
  notEnabled?: string
  mapping?: Mapping
  /** Texts of the mapping's fields that are not JSON yet, by the field's key. */
  texts?: Record<string, string>
}

/** By the address of the form's page. A draft outlives the page, but not the tab: it may hold a key. */
let drafts: Readonly<Record<string, Draft>> = {}
const listeners = new Set<() => void>()

export function useDrafts(): Readonly<Record<string, Draft>> {
  return useSyncExternalStore(subscribe, () => drafts)
}

export function useDraft(path: string): Draft {
  return useDrafts()[path] ?? UNTOUCHED
}

export function changeDraft(path: string, part: Draft): void {
  replace({ ...drafts, [path]: { ...drafts[path], ...part } })
}

export function discardDraft(path: string): void {
  const { [path]: _discarded, ...others } = drafts
  replace(others)
}

const UNTOUCHED: Draft = {}

function replace(next: typeof drafts): void {
  drafts = next
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
