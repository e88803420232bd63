import type { Mark } from './contract-marks'

/** A rule that no schema can express. */
export type Rule = { rule: string } & Mark

/** What an operation says of itself in `docs/openapi.yaml`: its rules one by one, and again as text to be read. */
export function rulesOf(rules: Rule[]) {
  const lines = rules.map(({ rule, ...mark }) => `- ${rule} *(${'x-assumed' in mark ? 'assumed' : 'documented'})*`)
  return { 'x-rules': rules, description: lines.join('\n') }
}
