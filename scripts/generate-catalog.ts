/**
 * Writes the tables of settings, presets and fields into `docs/catalog.md`, the page for Segment's documentation, between
 * two markers: from the definition, under the headings that Segment's own include has for them. With `--check` it writes
 * nothing and exits with 1 if they are stale.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ActionDefinition, InputField, Preset } from '@segment/actions-core'
import { markdownTable } from 'markdown-table'
import { format } from 'prettier'
import { prettier } from '../package.json'
import destination from '../src/destinations/astrolabe'
import type { Settings } from '../src/destinations/astrolabe/generated-types'
import { writeOrCheck } from './write-or-check'

const PAGE = 'docs/catalog.md'
const BETWEEN_MARKERS = /(?<=<!-- generated: [^>]*-->\n).*(?=<!-- end of what is generated -->)/s

async function main(): Promise<void> {
  const page = readFileSync(path.join(__dirname, '..', PAGE), 'utf8')
  if (!BETWEEN_MARKERS.test(page)) {
    throw new Error(`${PAGE} has lost the markers that the tables stand between.`)
  }
  const written = page.replace(BETWEEN_MARKERS, () => describeDestination())
  writeOrCheck(
    { [PAGE]: await format(written, { ...prettier, trailingComma: 'none', parser: 'markdown' }) },
    'npm run catalog'
  )
}

function describeDestination(): string {
  const { authentication, presets = [], actions } = destination
  const settings = Object.values(authentication?.fields ?? {})
  return `
## Destination settings

${table(
  ['Setting', 'Required', 'Description'],
  settings.map(({ label, required, description }) => [label, yesOrNo(required), description])
)}

## Available presets

${table(
  ['Preset', 'Trigger', 'Action'],
  presets.map((preset) => [preset.name ?? '', triggerOf(preset), actions[preset.partnerAction].title])
)}

## Available actions

${Object.values(actions).map(describeAction).join('\n\n')}
`
}

function describeAction({ title, description, defaultSubscription, fields }: ActionDefinition<Settings>): string {
  const shown = Object.values(fields).filter((field) => !field.unsafe_hidden)
  return `### ${title}

${description} The default trigger is \`${defaultSubscription}\`.

${table(
  ['Field', 'Required', 'Type', 'Default mapping', 'Description'],
  shown.map((field) => [field.label, yesOrNo(field.required), field.type, defaultOf(field), field.description])
)}`
}

function triggerOf(preset: Preset): string {
  return preset.type === 'automatic' ? `\`${preset.subscribe}\`` : 'chosen in Engage or Journeys'
}

/** What a mapping holds unless the customer changes it: a field of the event, as Segment's app names it, or a value. */
function defaultOf({ label, default: value }: InputField): string {
  if (typeof value !== 'object' && value !== undefined) {
    return `\`${value}\``
  }
  const paths = [...JSON.stringify(value ?? null).matchAll(/"@path":"\$\.([^"]+)"/g)]
  if (paths.length !== 1) {
    throw new Error(`The page cannot describe the default of ${label} yet: teach scripts/generate-catalog.ts how.`)
  }
  return `\`${paths[0][1]}\``
}

/** A field that is required under conditions is required by Astrolabe: see `requiredWhileBlank`. */
function yesOrNo(required: unknown): string {
  return required ? 'Yes' : 'No'
}

function table(head: string[], rows: string[][]): string {
  return markdownTable([head, ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))])
}

void main()
