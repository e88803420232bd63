/**
 * Writes `metadata.json`, what Segment's app shows of the destination, in the form that `generate:metadata-payload` of
 * Segment's command line writes (segmentio/action-destinations): every property in upstream's order, absent ones `null`
 * or `false`. With `--check` it writes nothing and exits with 1 if the file is stale.
 *
 * Only what this destination has is covered. A definition that has more is an error, so that nothing is described wrongly.
 */
import type { ActionDefinition, GlobalSetting, InputField, Preset } from '@segment/actions-core'
import destination from '../src/destinations/astrolabe'
import type { Settings } from '../src/destinations/astrolabe/generated-types'
import { DESTINATION, writeOrCheck } from './write-or-check'

function describeDestination() {
  const { slug, name, mode, description, authentication, actions, presets = [] } = destination
  return {
    slug,
    name,
    mode,
    description,
    authentication: {
      scheme: authentication?.scheme,
      fields: mapValues(authentication?.fields ?? {}, describeSetting)
    },
    audienceConfig: null,
    actions: mapValues(actions, describeAction),
    presets: presets.map(describePreset)
  }
}

function describeSetting(setting: GlobalSetting) {
  assertAbsent('choices', setting.choices)
  return {
    label: setting.label,
    description: setting.description,
    type: setting.type,
    required: setting.required ?? false,
    multiple: setting.multiple ?? false,
    choices: null,
    default: setting.default ?? null,
    depends_on: setting.depends_on ?? null
  }
}

function describeAction(action: ActionDefinition<Settings>) {
  assertAbsent('hooks, sync modes and dynamic fields', action.hooks ?? action.syncMode ?? action.dynamicFields)
  return {
    title: action.title,
    description: action.description,
    platform: action.platform ?? 'cloud',
    defaultSubscription: action.defaultSubscription ?? null,
    hidden: action.hidden ?? false,
    hasPerformBatch: Boolean(action.performBatch),
    syncMode: null,
    hooks: null,
    dynamicFields: null,
    fields: mapValues(action.fields, describeField)
  }
}

function describeField(field: InputField) {
  assertAbsent('choices and nested fields', field.choices ?? field.properties)
  return {
    label: field.label,
    description: field.description,
    type: field.type,
    required: field.required ?? false,
    multiple: field.multiple ?? false,
    allowNull: field.allowNull ?? false,
    dynamic: field.dynamic ?? false,
    default: field.default ?? null,
    choices: null,
    placeholder: field.placeholder ?? null,
    properties: null,
    category: field.category ?? null,
    depends_on: field.depends_on ?? null,
    readOnly: field.readOnly ?? null,
    hidden: field.unsafe_hidden ?? null,
    minimum: field.minimum ?? null,
    maximum: field.maximum ?? null,
    defaultObjectUI: field.defaultObjectUI ?? null,
    disabledInputMethods: field.disabledInputMethods ?? null,
    displayMode: field.displayMode ?? null,
    format: field.format ?? null,
    additionalProperties: field.additionalProperties ?? false
  }
}

function describePreset(preset: Preset) {
  return {
    name: preset.name,
    type: preset.type,
    partnerAction: preset.partnerAction,
    subscribe: preset.type === 'automatic' ? preset.subscribe : undefined,
    mapping: preset.mapping ?? {},
    eventSlug: preset.type === 'specificEvent' ? preset.eventSlug : null
  }
}

function assertAbsent(what: string, value: unknown): void {
  if (value !== undefined) {
    throw new Error(
      `metadata.json can't describe ${what} yet. Add them to scripts/generate-metadata.ts, as upstream does it.`
    )
  }
}

function mapValues<In, Out>(record: Record<string, In>, describe: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, describe(value)]))
}

const metadata = `${JSON.stringify(describeDestination(), null, 2)}\n`

writeOrCheck({ [`${DESTINATION}/metadata.json`]: metadata }, 'npm run metadata')
