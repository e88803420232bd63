import type { InputField } from '@segment/actions-core'

/**
 * A field that Astrolabe can't do without, as the mapping editor and metadata.json are to know it. The framework's own
 * validation never fires on it, on purpose: whether an event brings the field is checked in message.ts, so that one event
 * and a batch are refused in the same words. With `required: true` the framework would answer first ("The root value is
 * missing the required field"), and for a blank value only where the event comes alone: it strips that from single
 * events, not from batches.
 */
export const requiredWhileBlank = (fieldKey: string): InputField['required'] => ({
  conditions: [{ fieldKey, operator: 'is', value: '' }]
})

export const userId: InputField = {
  label: 'User ID',
  description:
    'Your own ID for this person, such as the ID in your database. Astrolabe keeps one User per ID. Either this or Anonymous ID is needed.',
  type: 'string',
  default: { '@path': '$.userId' }
}

export const anonymousId: InputField = {
  label: 'Anonymous ID',
  description:
    'The ID that Segment gives a visitor who has not told you who they are. Either this or User ID is needed.',
  type: 'string',
  default: { '@path': '$.anonymousId' }
}

export const accountId: InputField = {
  label: 'Account ID',
  description:
    'The ID of the Account (the company or team) that the User belongs to. It takes the place of groupId in Context.',
  type: 'string',
  default: { '@path': '$.context.groupId' }
}

export const context: InputField = {
  label: 'Context',
  description:
    'Where the call came from, as Segment recorded it: page, device, campaign and, for Engage, the audience or computed trait. Astrolabe receives it as it is.',
  type: 'object',
  default: { '@path': '$.context' }
}

export const timestamp: InputField = {
  label: 'Timestamp',
  description: 'When it happened: an ISO 8601 date, or a Unix time in seconds or milliseconds.',
  type: 'string',
  default: { '@path': '$.timestamp' }
}

export const sentAt: InputField = {
  label: 'Sent at',
  description: 'When the device sent the call to Segment, by its own clock.',
  type: 'string',
  default: { '@path': '$.sentAt' }
}

export const receivedAt: InputField = {
  label: 'Received at',
  description: 'When Segment received the call.',
  type: 'string',
  default: { '@path': '$.receivedAt' }
}

export const messageId: InputField = {
  label: 'Message ID',
  description: "Segment's ID for the call. Astrolabe uses it to recognize a call that is sent twice.",
  type: 'string',
  default: { '@path': '$.messageId' }
}

/**
 * For Segment alone: it does not reach Astrolabe. Segment's own limits of a batch, 1,000 events and 4 MB, are those of
 * Astrolabe's batch endpoint, so that no other has to be asked for.
 */
export const enableBatching: InputField = {
  label: 'Batch events',
  description:
    'Send events to Astrolabe in batches instead of one by one, which is faster for large volumes. Turn it on only if Astrolabe has told you that your workspace supports it.',
  type: 'boolean',
  default: false
}
