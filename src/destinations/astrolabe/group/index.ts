import type { ActionDefinition } from '@segment/actions-core'
import { sendBatch } from '../batch'
import { anonymousId, messageFields, userId } from '../fields'
import type { Settings } from '../generated-types'
import { sendMessage } from '../ingest'
import { groupMessage } from '../message'
import type { Payload } from './generated-types'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Group Account',
  description:
    'Create or update an Account in Astrolabe. If the call names a user, associate that User with the Account.',
  defaultSubscription: 'type = "group"',
  fields: {
    group_id: {
      label: 'Account ID',
      description: 'Your own ID for the Account (the company or team). Astrolabe keeps one Account per ID.',
      type: 'string',
      required: true,
      default: { '@path': '$.groupId' }
    },
    user_id: {
      ...userId,
      description: 'Your own ID for a person who belongs to this Account. If it is empty, only the Account is updated.'
    },
    anonymous_id: {
      ...anonymousId,
      description: 'The ID that Segment assigns to an unknown visitor who belongs to this Account.'
    },
    traits: {
      label: 'Traits',
      description:
        "The Account's traits, such as name, industry, employees or plan. New values replace old ones in Astrolabe. A null value clears a trait.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      default: { '@path': '$.traits' }
    },
    ...messageFields
  },
  perform: (request, { settings, payload }) => sendMessage(request, settings, groupMessage(payload)),
  performBatch: (request, { settings, payload }) => sendBatch(request, settings, payload, groupMessage)
}

export default action
