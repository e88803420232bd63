export { CATALOG_ID, CatalogError, destination, destination as default, register } from './catalog'
export type { Manifest, ManifestEntry } from './catalog'
export type { Settings } from './destinations/astrolabe/generated-types'
