import type { CallType } from '../message'
import {
  COMMON_FIELDS,
  CONTEXT_FIELDS,
  EVENT_PROPERTIES,
  GROUP_TRAITS,
  OWN_FIELDS,
  PAGE_PROPERTIES,
  SCREEN_PROPERTIES,
  USER_TRAITS
} from './fields'
import type { SpecField } from './fields'

export interface SpecCall {
  type: CallType
  description: string
  /** Fields that the call must have, except for the user. */
  required: string[]
  /** Whether it means nothing without a `userId` or an `anonymousId`. A group call can concern the group alone. */
  needsUser: boolean
  /** The call's own fields first, then the common ones. */
  fields: SpecField[]
  /** Names that the Spec reserves within a field, such as `email` within `traits`. */
  children: Record<string, SpecField[]>
}

const { traits, properties, event, groupId, previousId, name, category } = OWN_FIELDS

export const SPEC_CALLS: SpecCall[] = [
  call('identify', 'Says who the user is and what is known about the user.', [traits], { traits: USER_TRAITS }),
  call('track', 'Records what the user did.', [event, properties], { properties: EVENT_PROPERTIES }, ['event']),
  call('group', 'Puts the user into a group, such as an Account.', [groupId, traits], { traits: GROUP_TRAITS }, [
    'groupId'
  ]),
  call('page', 'Records that the user saw a page.', [name, category, properties], { properties: PAGE_PROPERTIES }),
  call('screen', 'Records that the user saw a screen of an app.', [name, category, properties], {
    properties: SCREEN_PROPERTIES
  }),
  call('alias', 'Says that two IDs belong to one user.', [previousId], {}, ['previousId'])
]

function call(
  type: CallType,
  description: string,
  own: SpecField[],
  children: Record<string, SpecField[]>,
  required: string[] = []
): SpecCall {
  return {
    type,
    description,
    required,
    needsUser: type !== 'group',
    fields: [...own, ...COMMON_FIELDS],
    children: { ...children, context: CONTEXT_FIELDS }
  }
}
