/** Segment's Spec (https://segment.com/docs/connections/spec/), as far as an editor needs it. */
export interface SpecField {
  name: string
  type: 'string' | 'object' | 'date' | 'number' | 'boolean'
  description: string
}

export interface SpecCall {
  /** Without them the call means nothing. */
  required: string[]
  /** Whether it needs a userId or an anonymousId. */
  needsUser: boolean
  fields: SpecField[]
}

const field = (name: string, type: SpecField['type'], description: string): SpecField => ({ name, type, description })

const COMMON: SpecField[] = [
  field('type', 'string', 'The call: identify, group, track, page, screen or alias.'),
  field('userId', 'string', 'Your own ID for this person.'),
  field('anonymousId', 'string', 'The ID of a visitor who has not told you who they are.'),
  field('context', 'object', 'Where the call came from: page, device, campaign, group.'),
  field('integrations', 'object', 'Which destinations get the call.'),
  field('messageId', 'string', 'A unique ID of the call. The same ID counts once.'),
  field('timestamp', 'date', 'When it happened, in ISO 8601.'),
  field('sentAt', 'date', 'When the client sent it.'),
  field('receivedAt', 'date', 'When Segment received it.')
]

const TRAITS = 'What you know'
const PROPERTIES = 'Free-form details'

export const SPEC_CALLS: Record<string, SpecCall> = {
  identify: { required: [], needsUser: true, fields: [field('traits', 'object', `${TRAITS} about the User.`)] },
  group: {
    required: ['groupId'],
    needsUser: false,
    fields: [
      field('groupId', 'string', 'Your own ID for the Account.'),
      field('traits', 'object', `${TRAITS} about the Account.`)
    ]
  },
  track: {
    required: ['event'],
    needsUser: true,
    fields: [
      field('event', 'string', 'What the User did, such as "User Registered".'),
      field('properties', 'object', `${PROPERTIES} of the event.`)
    ]
  },
  page: {
    required: [],
    needsUser: true,
    fields: [
      field('name', 'string', 'The name of the page.'),
      field('properties', 'object', `${PROPERTIES} of the page.`)
    ]
  },
  screen: {
    required: [],
    needsUser: true,
    fields: [
      field('name', 'string', 'The name of the screen.'),
      field('properties', 'object', `${PROPERTIES} of the screen.`)
    ]
  },
  alias: {
    required: ['previousId', 'userId'],
    needsUser: false,
    fields: [field('previousId', 'string', 'The ID that this person had before.')]
  }
}

const PERSON = ['email', 'firstName', 'lastName', 'name', 'phone', 'title', 'company', 'username', 'website', 'avatar']
const COMPANY = ['name', 'industry', 'employees', 'plan', 'website', 'email', 'phone', 'description', 'avatar']

/** The names that the Spec reserves inside of an object, by the call. */
export function reservedNames(type: string | undefined, parent: string): SpecField[] {
  switch (parent) {
    case 'traits':
      return (type === 'group' ? COMPANY : PERSON).map((name) =>
        field(name, name === 'employees' ? 'number' : 'string', 'A trait that the Spec reserves.')
      )
    case 'properties':
      return [
        field('revenue', 'number', 'How much money the event made.'),
        field('currency', 'string', 'The currency of the revenue, in ISO 4217.'),
        field('value', 'number', 'A value of the event that is not money.')
      ]
    case 'context':
      return [
        'campaign',
        'device',
        'page',
        'traits',
        'personas',
        'ip',
        'locale',
        'timezone',
        'userAgent',
        'groupId'
      ].map((name) =>
        field(name, OBJECTS.has(name) ? 'object' : 'string', 'A part of the context that the Spec reserves.')
      )
    case 'integrations':
      return [
        field('All', 'boolean', 'Whether all destinations get the call.'),
        field('Astrolabe', 'boolean', 'Whether Astrolabe gets the call, whatever All says.')
      ]
    default:
      return []
  }
}

const OBJECTS = new Set(['campaign', 'device', 'page', 'traits', 'personas'])

/** The fields of a call, its own ones first. */
export function fieldsOf(type: string | undefined): SpecField[] {
  return [...(SPEC_CALLS[type ?? '']?.fields ?? []), ...COMMON]
}
