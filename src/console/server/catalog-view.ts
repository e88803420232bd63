import type { GlobalSetting, InputField } from '@segment/actions-core'
import type { destination } from '../../catalog'
import type { Action, ActionField, CatalogEntry, Json, JsonObject, Preset, SettingField } from './api'

/** What the catalog offers: Astrolabe's destination, whichever URL it sends to. */
export type Definition = typeof destination

/** A definition as Segment's catalog shows it. */
export function catalogEntry(id: string, definition: Definition): CatalogEntry {
  return {
    id,
    name: definition.name,
    slug: definition.slug ?? '',
    description: definition.description ?? '',
    status: 'Beta',
    support: 'Partner owned',
    methods: Object.keys(definition.actions),
    settings: settingFields(definition).map(([key, field]) => settingField(key, field))
  }
}

export function settingFields({ authentication }: Definition): [string, GlobalSetting][] {
  return Object.entries(authentication?.fields ?? {})
}

export function actionViews(definition: Definition): Action[] {
  return Object.entries(definition.actions).map(([key, action]) => ({
    key,
    title: action.title,
    description: action.description,
    defaultTrigger: action.defaultSubscription ?? '',
    fields: Object.entries(action.fields).map(([field, input]) => fieldView(field, input))
  }))
}

/** A preset for an event of Engage or a warehouse has no trigger of its own: it starts from its action's. */
export function presetViews({ presets = [], actions }: Definition): Preset[] {
  return presets.map((preset) => ({
    id: preset.type === 'automatic' ? `automatic-${preset.partnerAction}` : (preset.eventSlug ?? preset.partnerAction),
    name: preset.name ?? preset.partnerAction,
    action: preset.partnerAction,
    trigger:
      preset.type === 'automatic' ? preset.subscribe : (actions[preset.partnerAction]?.defaultSubscription ?? ''),
    fields: asJson(preset.mapping),
    type: preset.type,
    ...(preset.type === 'specificEvent' && { eventSlug: preset.eventSlug })
  }))
}

/** The default mapping of each field, as a new mapping of the action has it. */
export function defaultFields({ fields }: Pick<Definition['actions'][string], 'fields'>): JsonObject {
  return asJson(
    Object.fromEntries(
      Object.entries(fields).flatMap(([key, input]) => (input.default === undefined ? [] : [[key, input.default]]))
    )
  )
}

function settingField(key: string, { label, description, required, type }: GlobalSetting): SettingField {
  const shown = type === 'password' || type === 'boolean' || type === 'number' ? type : 'string'
  return { key, label, description, required: required === true, type: shown }
}

function fieldView(key: string, input: InputField): ActionField {
  const { label, description, type, required = false, choices, unsafe_hidden: isHidden = false } = input
  return {
    key,
    label,
    description,
    type,
    required: required === true ? 'always' : required === false ? 'never' : 'conditional',
    ...(input.default !== undefined && { default: asJson(input.default) }),
    ...(Array.isArray(choices) && {
      choices: choices.map((choice) =>
        typeof choice === 'string'
          ? { label: choice, value: choice }
          : { label: choice.label, value: String(choice.value) }
      )
    }),
    isHidden
  }
}

/** What a definition holds is JSON, as Segment stores it. */
function asJson<T extends Json = JsonObject>(value: unknown): T {
  return JSON.parse(JSON.stringify(value ?? {})) as T
}
