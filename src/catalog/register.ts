import type { DestinationDefinition } from '@segment/actions-core'
import destination from '../destinations/astrolabe'

/** Astrolabe's ID in Segment's catalog. */
export const CATALOG_ID = '64d2643196f4937712e54198'

/** An entry of the manifest of `@segment/action-destinations`: its folder's name, and the file that exports it. */
export interface ManifestEntry {
  definition: Pick<DestinationDefinition, 'name' | 'slug'>
  directory: string
  path: string
}

/** The `manifest` of `@segment/action-destinations`: its destinations by their catalog ID. */
export type Manifest = Record<string, ManifestEntry>

/** The manifest has no place for Astrolabe. The message names the entry in its place. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
}

/**
 * Adds Astrolabe's destination to the manifest of `@segment/action-destinations`. Then
 * `getDestinationById(CATALOG_ID)` finds it.
 *
 * @throws CatalogError if Astrolabe is already registered, or another destination has its name or slug
 */
export function register(manifest: Manifest): void {
  if (manifest[CATALOG_ID]) {
    throw new CatalogError(`${manifest[CATALOG_ID].definition.name} is already registered as ${CATALOG_ID}.`)
  }
  for (const [id, { definition }] of Object.entries(manifest)) {
    if (definition.slug === destination.slug || definition.name === destination.name) {
      throw new CatalogError(`${definition.name} (${id}) already has the name or slug of Astrolabe.`)
    }
  }
  manifest[CATALOG_ID] = {
    definition: destination,
    directory: 'astrolabe',
    path: require.resolve('../destinations/astrolabe')
  }
}
