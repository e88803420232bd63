import { randomUUID } from 'node:crypto'
import type { Computation } from './computation'
import type { TraitValue } from './evaluate'

/** An identify or group call that sets one trait, as Engage sends it. */
export interface EngageCall {
  type: 'identify' | 'group'
  userId?: string
  anonymousId?: string
  groupId?: string
  traits: Record<string, unknown>
  context: { personas: Record<string, string> }
  messageId: string
}

export function engageCall(
  { id, key, definition }: Computation,
  { subject, value }: TraitValue,
  spaceId: string
): EngageCall {
  return {
    type: 'groupId' in subject ? 'group' : 'identify',
    ...subject,
    traits: { [key]: value },
    context: {
      personas: {
        computation_class: definition.kind === 'audience' ? 'audience' : 'computed_trait',
        computation_id: id,
        computation_key: key,
        namespace: spaceId,
        space_id: spaceId
      }
    },
    messageId: `personas_${randomUUID()}`
  }
}
