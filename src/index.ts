export { CATALOG_ID, CatalogError, destination, register } from './catalog'
export type { Manifest, ManifestEntry, Settings } from './catalog'
