/** A destination filter, in the words of Segment's Public API: it drops or changes events before the mappings see them. */
export interface Filter {
  id: string
  title: string
  /** Segment's FQL, such as `type = "track"`, or `all`. */
  condition: string
  action: FilterAction
  isEnabled: boolean
  /** What Segment may apply in another way, one sentence each. */
  warnings: string[]
}

export interface FilterAction {
  type: 'DROP' | 'SAMPLE' | 'DROP_PROPERTIES' | 'ALLOW_PROPERTIES'
  /** The share that a sample keeps, from 0 to 1. */
  percent?: number
  /** The field by which a sample decides, such as `userId`. Default: each event for itself. */
  path?: string
  /** Names of fields by the path of the object that they are in, such as `{ "properties": ["email"] }`. */
  fields?: Record<string, string[]>
}

export type NewFilter = Pick<Filter, 'title' | 'condition' | 'action'>

/** What is left out stays as it is. */
export type FilterChanges = Partial<NewFilter & Pick<Filter, 'isEnabled'>>
