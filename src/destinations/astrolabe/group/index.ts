import type { ActionDefinition } from '@segment/actions-core'
import {
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
import { groupMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Group Account',
  description:
    'Create an Account in Astrolabe, or update the Account that is there, and associate the User with it where the call names one.',
  defaultSubscription: 'type = "group"',
  fields: {
    group_id: {
      label: 'Account ID',
      description:
        'Your own ID for the Account: the company or team that the call is about. Astrolabe keeps one Account per ID.',
      type: 'string',
      required: requiredWhileBlank('group_id'),
      default: { '@path': '$.groupId' }
    },
    user_id: {
      ...userId,
      description:
        'Your own ID for a person who belongs to this Account. Leave it empty to update the Account and no User.'
    },
    anonymous_id: {
      ...anonymousId,
      description:
        'The ID that Segment gives a visitor who has not told you who they are, where the one who belongs to this Account is known by nothing else.'
    },
    traits: {
      label: 'Traits',
      description:
        'What you know about the Account, such as name, industry, employees or plan. New values replace old ones in Astrolabe; an empty (null) value clears a trait.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.traits' }
    },
    context,
    timestamp,
    sent_at: sentAt,
    received_at: receivedAt,
    message_id: messageId,
    enable_batching: enableBatching
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, groupMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, groupMessage)
}

export default action
