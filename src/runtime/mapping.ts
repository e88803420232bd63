import type { ActionDefinition, DestinationDefinition, JSONObject, Subscription } from '@segment/actions-core'
import { parseTrigger } from './trigger'
import type { Trigger } from './trigger'

/** A subscription, prepared to run: Segment's app calls it a mapping. */
export interface Mapping<Settings> {
  index: number
  name: string
  action: string
  trigger: Trigger
  fields: JSONObject
  /** Undefined if the destination has no such action. */
  definition?: ActionDefinition<Settings>
  /** What the framework takes as settings: those of the destination, and the subscription to run. */
  data: JSONObject
  /** Why it rejects every event. */
  problem?: string
}

export function prepareMapping<Settings extends object>(
  destination: DestinationDefinition<Settings>,
  settings: Settings,
  subscription: Subscription,
  index: number
): Mapping<Settings> {
  const { partnerAction: action, name = action, mapping: fields = {} } = subscription
  const trigger = parseTrigger(subscription.subscribe)
  const definition = Object.hasOwn(destination.actions, action) ? destination.actions[action] : undefined
  return {
    index,
    name,
    action,
    trigger,
    fields,
    definition,
    data: { ...settings, subscription } as unknown as JSONObject,
    problem: definition ? triggerProblem(name, trigger) : unknownAction(name, action, Object.keys(destination.actions))
  }
}

function unknownAction(name: string, action: string, actions: string[]): string {
  return `The mapping "${name}" is for the action "${action}", which does not exist. Actions: ${actions.join(', ')}.`
}

function triggerProblem(name: string, { isUnreadable, fql }: Trigger): string | undefined {
  return isUnreadable
    ? `The trigger of the mapping "${name}" can't be read: ${fql || 'it is empty'}. Write it like type = "track".`
    : undefined
}
