import { mappingWarnings, subscriptionProblems } from '../../runtime'
import type { FieldProblem, Mapping, MappingChanges, NewMapping } from './api'
import type { Definition } from './catalog-view'
import { defaultFields, presetViews } from './catalog-view'
import { found, RequestError } from './request-error'

/** The mappings of one destination. */
export class DestinationMappings {
  private mappings: Mapping[] = []
  private count = 0

  constructor(private readonly definition: Definition) {
    for (const preset of presetViews(definition)) {
      if (preset.type === 'automatic') {
        this.add({ preset: preset.id })
      }
    }
  }

  all(): Mapping[] {
    return this.mappings
  }

  enabled(): Mapping[] {
    return this.mappings.filter(({ isEnabled }) => isEnabled)
  }

  /** @throws RequestError (404) if there is no such preset or action */
  add(choice: NewMapping): Mapping {
    this.count++
    const mapping = { id: `mapping-${this.count}`, isEnabled: true, ...this.startingPoint(choice) }
    this.mappings = [...this.mappings, mapping]
    return mapping
  }

  /** @throws RequestError (404, or 422 with the problems of each field) */
  change(id: string, changes: MappingChanges): Mapping {
    const changed = { ...this.get(id), ...changes }
    const problems = checkMapping(changed, this.definition)
    if (problems.length > 0) {
      throw new RequestError(422, 'This mapping is not valid, so it was not saved.', problems)
    }
    this.mappings = this.mappings.map((mapping) => (mapping.id === id ? changed : mapping))
    return changed
  }

  /** @throws RequestError (404) if there is no such mapping */
  remove(id: string): void {
    this.get(id)
    this.mappings = this.mappings.filter((mapping) => mapping.id !== id)
  }

  private get(id: string): Mapping {
    return found(
      this.mappings.find((mapping) => mapping.id === id),
      'mapping'
    )
  }

  private startingPoint(choice: NewMapping): Omit<Mapping, 'id' | 'isEnabled'> {
    if ('preset' in choice) {
      const preset = presetViews(this.definition).find(({ id }) => id === choice.preset)
      const { name, action, trigger, fields } = found(preset, 'preset')
      return { name, action, trigger, fields }
    }
    const actions: Partial<Record<string, Definition['actions'][string]>> = this.definition.actions
    const action = found(actions[choice.action], 'action')
    return {
      name: choice.name ?? action.title,
      action: choice.action,
      trigger: action.defaultSubscription ?? '',
      fields: defaultFields(action)
    }
  }
}

/** What is wrong with a mapping, as Segment checks it. Fields of the action are `fields.<key>`. */
export function checkMapping({ action, trigger, fields }: Omit<Mapping, 'id'>, definition: Definition): FieldProblem[] {
  const subscription = { partnerAction: action, subscribe: trigger, mapping: fields }
  return subscriptionProblems(subscription, definition).map(({ field, message }) => ({
    field: field === 'action' || field === 'trigger' ? field : `fields.${field}`,
    message
  }))
}

/** What is valid in a mapping, but hardly meant. */
export function mappingHints({ fields }: Pick<Mapping, 'fields'>): FieldProblem[] {
  return mappingWarnings(fields).map(({ field, message }) => ({ field: `fields.${field}`, message }))
}
