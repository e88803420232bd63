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

/** What `@segment/action-destinations` exports as `manifest`: its destinations by their catalog ID. */
export type Manifest = Record<string, ManifestEntry>

/** A manifest has no place for Astrolabe. The message says which entry stands there instead. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
}

/**
 * Puts Astrolabe's destination into the manifest of `@segment/action-destinations`, as the file that lists all
 * destinations there does: `getDestinationById(CATALOG_ID)` finds it from then on.
 *
 * @throws CatalogError where Astrolabe is registered already, or another destination has its name or slug
 */
export function register(manifest: Manifest): void {
  if (manifest[CATALOG_ID]) {
    throw new CatalogError(`${manifest[CATALOG_ID].definition.name} is registered already, as ${CATALOG_ID}.`)
  }
  for (const [id, { definition }] of Object.entries(manifest)) {
    if (definition.slug === destination.slug || definition.name === destination.name) {
      throw new CatalogError(`${definition.name} (${id}) has taken the name or the slug of Astrolabe.`)
    }
  }
  manifest[CATALOG_ID] = {
    definition: destination,
    directory: 'astrolabe',
    path: require.resolve('../destinations/astrolabe')
  }
}
