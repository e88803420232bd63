/** ASTROLABE_INGEST_API_VERSION
 * Astrolabe ingest API version.
 * API reference: not public. The path segment is assumed.
 */
export const ASTROLABE_INGEST_API_VERSION = 'v1'
