import type { FieldProblem, Json, JsonObject } from './json'

/** A mapping: which events trigger an action, and how its fields are filled. Segment's API calls it a subscription. */
export interface Mapping {
  id: string
  name: string
  /** The action's key, such as `identify`. */
  action: string
  /** Segment's FQL, such as `type = "identify"`. */
  trigger: string
  /** A literal or a directive such as `{"@path": "$.userId"}` by field key. "Enable Batching" is `enable_batching`. */
  fields: JsonObject
  isEnabled: boolean
}

/** Everything that the Mappings page shows. */
export interface Mappings {
  mappings: Mapping[]
  actions: Action[]
  presets: Preset[]
}

export interface Action {
  /** Such as `identify`. */
  key: string
  /** Such as "Identify User". */
  title: string
  description: string
  defaultTrigger: string
  fields: ActionField[]
}

export interface ActionField {
  key: string
  label: string
  description: string
  type: string
  required: FieldRequirement
  /** The default mapping of this field. */
  default?: Json
  choices?: { label: string; value: string }[]
  isHidden: boolean
}

type FieldRequirement = 'always' | 'conditional' | 'never'

/** A mapping that the destination offers, to add as it is. */
export interface Preset {
  id: string
  name: string
  action: string
  trigger: string
  fields: JsonObject
  /** Added when the destination is enabled, or for an event of Engage or a warehouse. */
  type: 'automatic' | 'specificEvent'
  eventSlug?: string
}

/** A new mapping: from a preset, or the action's defaults. */
export type NewMapping = { preset: string } | { action: string; name?: string }

/** What is left out stays as it is. */
export type MappingChanges = Partial<Pick<Mapping, 'name' | 'trigger' | 'fields' | 'isEnabled'>>

/** What is wrong with a mapping, as Segment checks it. An empty list means that it can be saved. */
export interface MappingCheck {
  problems: FieldProblem[]
  /** What is valid, but hardly meant. */
  hints: FieldProblem[]
}

/** Which event to try, and on which mappings. Nothing is sent. */
export interface PreviewRequest {
  event: JsonObject
  /** An edited mapping that is not saved yet. Default: all mappings of the destination. */
  mapping?: Omit<Mapping, 'id'> & { id?: string }
}
