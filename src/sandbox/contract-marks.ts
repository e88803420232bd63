/**
 * Where a rule of the contract comes from, for `docs/openapi.yaml` to say so: what stands beside a schema, an answer or
 * a rule there. Every rule has the one or the other.
 */
export type Mark = typeof documented | typeof assumed

/** Public: Segment's "Building a Direct Destination" and Spec, and Astrolabe's page in Segment's catalog. */
export const documented = { 'x-documented': true } as const

/** Without a public source. The real Astrolabe may do otherwise. */
export const assumed = { 'x-assumed': true } as const

/** JSON schema has no such keywords, and ajv refuses those that it doesn't know. */
export const markKeywords = ['x-documented', 'x-assumed']
