import type { FromSchema } from 'json-schema-to-ts'
import { assumed, documented } from '../provenance'

const envelope = {
  context: {
    type: 'object',
    description: 'The origin of the call, as Segment recorded it.',
    ...documented
  },
  timestamp: instant('When it happened.'),
  sentAt: instant("When the device sent the call to Segment, by the device's clock."),
  receivedAt: instant('When Segment received the call.'),
  messageId: text("Segment's ID for the call.")
} as const

const ids = {
  userId: text("The customer's own ID for the User."),
  anonymousId: text('The ID of a visitor who has not said who they are.')
} as const

const contextWithAccount = {
  ...envelope.context,
  properties: { groupId: { description: 'The Account of the User, or of the event.', ...assumed } }
} as const

const traits = {
  type: 'object',
  description: 'Any JSON: `null`, `false`, `0` and `""` are data.',
  ...documented,
  additionalProperties: { description: '`null` clears the trait.', ...assumed }
} as const

const oneIdOfTheTwo = [{ required: ['userId'] }, { required: ['anonymousId'] }] as const

const identifySchema = {
  $id: 'identify',
  type: 'object',
  description: 'Creates or updates a User.',
  ...documented,
  examples: [{ type: 'identify', userId: 'userId123', traits: { email: 'john.doe@example.com' } }],
  properties: {
    type: ofType('identify'),
    ...ids,
    traits,
    ...envelope,
    context: contextWithAccount
  },
  required: ['type'],
  anyOf: oneIdOfTheTwo,
  additionalProperties: false
} as const

const groupSchema = {
  $id: 'group',
  type: 'object',
  description: 'Creates or updates an Account. If it names a user, that User joins the Account.',
  ...documented,
  examples: [
    {
      type: 'group',
      groupId: '0e8c78ea9d97a7b8185e8632',
      userId: 'userId123',
      traits: { name: 'Initech', employees: 329 }
    }
  ],
  properties: {
    type: ofType('group'),
    groupId: text("The customer's own ID for the Account."),
    ...ids,
    traits,
    ...envelope
  },
  required: ['type', 'groupId'],
  additionalProperties: false
} as const

const trackSchema = {
  $id: 'track',
  type: 'object',
  description: 'Records an event.',
  ...documented,
  examples: [{ type: 'track', event: 'User Registered', userId: 'userId123', properties: { plan: 'Pro Annual' } }],
  properties: {
    type: ofType('track'),
    event: text('The name of the event.'),
    ...ids,
    properties: {
      type: 'object',
      description: 'Any JSON: `null`, `false`, `0` and `""` are data.',
      ...documented
    },
    ...envelope,
    context: contextWithAccount
  },
  required: ['type', 'event'],
  anyOf: oneIdOfTheTwo,
  additionalProperties: false
} as const

const messageUnion = {
  $id: 'message',
  type: 'object',
  description: "A message in the form of Segment's Spec, told apart by `type`. Fields without a value are left out.",
  ...documented,
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [{ $ref: 'identify#' }, { $ref: 'group#' }, { $ref: 'track#' }]
}

/**
 * The contract's table of messages as JSON schemas, one per `type`. A field that the table doesn't list is an error, so
 * that a client can't leak fields of its own. Their `$id`s are the types, as in `docs/openapi.yaml`. Add all of them to
 * the instance that refers to them.
 */
export const messageSchemas = [identifySchema, groupSchema, trackSchema, messageUnion]

export const messageSchema = { $ref: 'message#' }

/** One ID of the two, or both. A group message may have none. */
export type UserIds = Partial<Record<keyof typeof ids, string>>

/** Traits, properties and context: open objects, whose `null`, `false`, `0` and `""` are data. */
export type Data = Readonly<Record<string, unknown>>

export type IdentifyMessage = FromSchema<typeof identifySchema>
export type GroupMessage = FromSchema<typeof groupSchema>
export type TrackMessage = FromSchema<typeof trackSchema>
export type Message = IdentifyMessage | GroupMessage | TrackMessage

function ofType<const Name extends string>(name: Name) {
  return { type: 'string', const: name, description: 'What kind of message this is.', ...documented } as const
}

function text(description: string) {
  return { type: 'string', minLength: 1, description, ...documented } as const
}

function instant(description: string) {
  return { type: 'string', format: 'iso-8601', description: `${description} ISO 8601.`, ...documented } as const
}
