import type { ActionDefinition } from '@segment/actions-core'
import {
  accountId,
  anonymousId,
  context,
  enableBatching,
  messageId,
  receivedAt,
  requiredWhileBlank,
  sentAt,
  timestamp,
  userId
} from '../fields'
import type { Settings } from '../generated-types'
import { sendBatch, sendMessage } from '../ingest'
import { trackMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Track Event',
  description: 'Record an event in Astrolabe: something that a User did.',
  defaultSubscription: 'type = "track"',
  fields: {
    event: {
      label: 'Event name',
      description: 'What the User did, such as "User Registered".',
      type: 'string',
      required: requiredWhileBlank('event'),
      default: { '@path': '$.event' }
    },
    user_id: userId,
    anonymous_id: anonymousId,
    properties: {
      label: 'Properties',
      description: 'The details of the event, such as the plan that was bought.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.properties' }
    },
    account_id: {
      ...accountId,
      description:
        'The ID of the Account (the company or team) that the event belongs to. It takes the place of groupId in Context.'
    },
    context,
    timestamp,
    sent_at: sentAt,
    received_at: receivedAt,
    message_id: messageId,
    enable_batching: enableBatching
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, trackMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, trackMessage)
}

export default action
