/**
 * The contract's table of messages as one JSON schema: the fields that a message of each `type` may have, and no
 * others. A field that the table doesn't list is an error, so that a client that leaks fields of its own is caught at
 * it.
 */
const text = { type: 'string', minLength: 1 }
const instant = { type: 'string', format: 'iso-8601' }
const data = { type: 'object' }

const everyMessage = {
  type: { type: 'string' },
  userId: text,
  anonymousId: text,
  context: data,
  timestamp: instant,
  sentAt: instant,
  receivedAt: instant,
  messageId: text
}

const oneIdOfTheTwo = [{ required: ['userId'] }, { required: ['anonymousId'] }]

const identify = {
  properties: { ...everyMessage, type: { const: 'identify' }, traits: data },
  anyOf: oneIdOfTheTwo,
  additionalProperties: false
}

const group = {
  properties: { ...everyMessage, type: { const: 'group' }, groupId: text, traits: data },
  required: ['groupId'],
  additionalProperties: false
}

const track = {
  properties: { ...everyMessage, type: { const: 'track' }, event: text, properties: data },
  anyOf: oneIdOfTheTwo,
  required: ['event'],
  additionalProperties: false
}

export const messageSchema = {
  type: 'object',
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: [identify, group, track]
}
