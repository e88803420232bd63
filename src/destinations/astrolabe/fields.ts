import type { InputField } from '@segment/actions-core'

export const userId: InputField = {
  label: 'User ID',
  description:
    'Your own ID for this person, such as the ID in your database. Astrolabe keeps one User per ID. User ID or Anonymous ID is required. If events only have an email, as in Reverse ETL, map the email here, and in all other mappings too: otherwise one person becomes two Users.',
  type: 'string',
  default: { '@path': '$.userId' }
}

export const anonymousId: InputField = {
  label: 'Anonymous ID',
  description: 'The ID that Segment assigns to an unknown visitor. User ID or Anonymous ID is required.',
  type: 'string',
  default: { '@path': '$.anonymousId' }
}

export const accountId: InputField = {
  label: 'Account ID',
  description:
    'The ID of the Account (the company or team) that the User or the event belongs to. It replaces groupId in Context.',
  type: 'string',
  // Replaces nothing, but is empty for an object. As a path, an object would be an error of the whole event.
  default: { '@replace': { value: { '@path': '$.context.groupId' }, pattern: '-', replacement: '-' } }
}

/** The fields that all actions share. Astrolabe does not receive the last two, which are for Segment. */
export const messageFields: Record<string, InputField> = {
  context: {
    label: 'Context',
    description:
      'The context of the call as Segment recorded it: page, device, campaign and, for Engage, the audience or computed trait. It is sent unchanged.',
    type: 'object',
    default: { '@path': '$.context' }
  },
  timestamp: {
    label: 'Timestamp',
    description: 'The time of the call: an ISO 8601 date, or a Unix time in seconds or milliseconds.',
    type: 'string',
    default: { '@path': '$.timestamp' }
  },
  sent_at: {
    label: 'Sent At',
    description: "The time when the device sent the call to Segment, by the device's clock.",
    type: 'string',
    default: { '@path': '$.sentAt' }
  },
  received_at: {
    label: 'Received At',
    description: 'The time when Segment received the call.',
    type: 'string',
    default: { '@path': '$.receivedAt' }
  },
  message_id: {
    label: 'Message ID',
    description:
      "Segment's ID for the call. Astrolabe uses it to recognize a call that is sent twice, so keep it mapped: without it, a retried event may be recorded twice.",
    type: 'string',
    default: { '@path': '$.messageId' }
  },
  enable_batching: {
    label: 'Enable Batching',
    description:
      'Send events to Astrolabe in batches, which is faster for large volumes. Turn this on only if Astrolabe has confirmed that your workspace supports it.',
    type: 'boolean',
    default: false
  },
  batch_size: {
    label: 'Batch Size',
    description: 'The maximum number of events in a batch. Astrolabe accepts up to 1,000.',
    type: 'number',
    default: 1000,
    minimum: 1,
    maximum: 1000,
    unsafe_hidden: true
  }
}
