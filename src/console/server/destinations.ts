import type { Definition } from './catalog-view'
import type { Destination, DestinationChanges, Instant, KeyTest, NewDestination, SavedDestination } from './api'
import { settingFields } from './catalog-view'
import { DestinationFilters } from './filters'
import { testKey } from './key-test'
import { DestinationMappings } from './mappings'
import { found } from './request-error'
import { Statistics } from './statistics'

/** An instance of a destination, with all that belongs to it. */
export interface DestinationRecord {
  readonly id: string
  name: string
  readonly catalogId: string
  readonly sourceId: string
  isEnabled: boolean
  settings: Record<string, string>
  keyTest: KeyTest
  readonly createdAt: Instant
  readonly mappings: DestinationMappings
  readonly filters: DestinationFilters
  readonly statistics: Statistics
  /** Grows each time that settings, mappings or filters change, so that what was built from them is built again. */
  version: number
}

const NO_KEY: KeyTest = { outcome: 'none', message: 'Paste the API key, then save.' }

/** The destinations of the workspace. */
export class Destinations {
  private readonly byId = new Map<string, DestinationRecord>()
  private count = 0

  /**
   * @param definition what the catalog offers
   * @param sendingDefinition the same with the URL that it sends to, which is known once the server listens
   */
  constructor(
    private readonly definition: Definition,
    private readonly sendingDefinition: () => Definition
  ) {}

  add({ name, catalogId, sourceId }: NewDestination): DestinationRecord {
    this.count++
    const destination: DestinationRecord = {
      id: `destination-${this.count}`,
      name,
      catalogId,
      sourceId,
      isEnabled: false,
      settings: {},
      keyTest: NO_KEY,
      createdAt: new Date().toISOString(),
      mappings: new DestinationMappings(this.definition),
      filters: new DestinationFilters(),
      statistics: new Statistics(),
      version: 0
    }
    this.byId.set(destination.id, destination)
    return destination
  }

  /** @throws RequestError (404) if there is no such destination */
  get(id: string): DestinationRecord {
    return found(this.byId.get(id), 'destination')
  }

  all(): DestinationRecord[] {
    return [...this.byId.values()]
  }

  ofSource(sourceId: string): DestinationRecord[] {
    return this.all().filter((destination) => destination.sourceId === sourceId)
  }

  remove(id: string): void {
    this.get(id)
    this.byId.delete(id)
  }

  /** "Save Changes": saves, tests the key, and enables the destination unless the key is missing or rejected. */
  async save(id: string, { name, isEnabled, settings }: DestinationChanges): Promise<SavedDestination> {
    const destination = this.get(id)
    destination.name = name ?? destination.name
    destination.settings = { ...destination.settings, ...settings }
    destination.keyTest = hasSettings(destination)
      ? await testKey(this.sendingDefinition(), destination.settings)
      : NO_KEY
    destination.version++

    const { outcome, message } = destination.keyTest
    const wanted = isEnabled ?? destination.isEnabled
    const isPossible = outcome === 'good' || outcome === 'unknown'
    destination.isEnabled = wanted && isPossible
    return {
      destination: this.view(destination),
      ...(wanted && !isPossible && { notEnabled: message }),
      ...(destination.isEnabled && outcome === 'unknown' && { warning: message })
    }
  }

  /** The destination without its secrets. */
  view({ id, name, catalogId, sourceId, isEnabled, settings, keyTest, createdAt }: DestinationRecord): Destination {
    const fields = settingFields(this.definition).map(([key, { type }]) => {
      const value = settings[key]
      const isSet = value !== undefined && value !== ''
      return [key, isSet ? { isSet, ...(type === 'password' ? { masked: '••••••••' } : { value }) } : { isSet }]
    })
    return {
      id,
      name,
      catalogId,
      sourceId,
      isEnabled,
      settings: Object.fromEntries(fields) as Destination['settings'],
      keyTest,
      createdAt
    }
  }
}

function hasSettings({ settings }: DestinationRecord): boolean {
  return Object.values(settings).some((value) => value !== undefined && value !== '')
}
