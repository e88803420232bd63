import { subscriptionProblems } from '../../runtime/subscription-problems'
import type { FieldProblem, Mapping } from './api'
import type { Definition } from './catalog-view'

/** What is wrong with a mapping, as Segment checks it. Fields of the action are `fields.<key>`. */
export function checkMapping({ action, trigger, fields }: Omit<Mapping, 'id'>, definition: Definition): FieldProblem[] {
  const subscription = { partnerAction: action, subscribe: trigger, mapping: fields }
  return subscriptionProblems(subscription, definition).map(({ field, message }) => ({
    field: field === 'action' || field === 'trigger' ? field : `fields.${field}`,
    message
  }))
}
