import type { ActionDefinition } from '@segment/actions-core'
import {
  accountId,
  anonymousId,
  context,
  enableBatching,
  messageId,
  receivedAt,
  sentAt,
  timestamp,
  userId
} from '../fields'
import type { Settings } from '../generated-types'
import { sendBatch, sendMessage } from '../ingest'
import { identifyMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Identify User',
  description: 'Create a User in Astrolabe, or update the User that is there.',
  defaultSubscription: 'type = "identify"',
  fields: {
    user_id: userId,
    anonymous_id: anonymousId,
    traits: {
      label: 'Traits',
      description:
        'What you know about the User, such as email, name or plan. New values replace old ones in Astrolabe; an empty (null) value clears a trait.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.traits' }
    },
    account_id: accountId,
    context,
    timestamp,
    sent_at: sentAt,
    received_at: receivedAt,
    message_id: messageId,
    enable_batching: enableBatching
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, identifyMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, identifyMessage)
}

export default action
