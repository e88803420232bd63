export { CATALOG_ID, CatalogError, destination, register } from './catalog'
export type { Manifest, ManifestEntry } from './catalog'
export type { Settings } from './destinations/astrolabe/generated-types'
