import type { Instant } from './json'

/** A destination that the catalog offers. */
export interface CatalogEntry {
  /** Segment's ID for it. */
  id: string
  name: string
  slug: string
  description: string
  /** Such as "Beta". */
  status: string
  /** Such as "Partner owned". */
  support: string
  /** The calls that it accepts: identify, group, track. */
  methods: string[]
  settings: SettingField[]
}

/** One setting as Segment shows it. */
export interface SettingField {
  key: string
  label: string
  description: string
  required: boolean
  type: 'password' | 'string' | 'boolean' | 'number'
}

/** An instance of a destination, connected to one source. */
export interface Destination {
  id: string
  name: string
  catalogId: string
  sourceId: string
  isEnabled: boolean
  /** By key. A secret is never sent back: it is `isSet`, without `value`. */
  settings: Record<string, SettingValue>
  keyTest: KeyTest
  createdAt: Instant
}

interface SettingValue {
  isSet: boolean
  value?: string
  /** What to show in place of a secret, such as "••••••••". */
  masked?: string
}

/** What the last `testAuthentication` said, or a delivery since then. */
export interface KeyTest {
  /**
   * - `none`: there is no key yet
   * - `good`: Astrolabe accepts the key
   * - `rejected`: Astrolabe rejects it, so the destination can't be enabled
   * - `unknown`: Astrolabe could not be asked, so the destination can be enabled with a warning
   */
  outcome: 'none' | 'good' | 'rejected' | 'unknown'
  /** One sentence to show. */
  message: string
  testedAt?: Instant
}

export interface NewDestination {
  catalogId: string
  sourceId: string
  name: string
}

/** "Save Changes". What is left out stays as it is. */
export interface DestinationChanges {
  name?: string
  isEnabled?: boolean
  settings?: Record<string, string>
}

/** Settings are saved in any case. The key is tested each time, and `destination.isEnabled` says whether it is on. */
export interface SavedDestination {
  destination: Destination
  /** Why it was not enabled, though that was asked for. */
  notEnabled?: string
  /** It is enabled, but its key could not be checked. */
  warning?: string
}
