/** Whether a rule of the contract has a public source. `docs/openapi.yaml` marks every rule. */
export type Provenance = typeof documented | typeof assumed

/** Public: Segment's "Building a Direct Destination" and Spec, and Astrolabe's page in Segment's catalog. */
export const documented = { 'x-documented': true } as const

/** Without a public source. The real Astrolabe may differ. */
export const assumed = { 'x-assumed': true } as const

/** JSON schema has no such keywords, and ajv rejects the ones it doesn't know. */
export const provenanceKeywords = ['x-documented', 'x-assumed']

/** A rule that no schema can express. */
export type Rule = { rule: string } & Provenance

/** The rules of an operation for `docs/openapi.yaml`: one by one for programs, and as text for readers. */
export function rulesOf(rules: Rule[]) {
  const lines = rules.map(({ rule, ...source }) => `- ${rule} *(${'x-assumed' in source ? 'assumed' : 'documented'})*`)
  return { 'x-rules': rules, description: lines.join('\n') }
}
