/** A field of Segment's Spec. Customers may send any other field too, except at the top of a call. */
export interface SpecField {
  name: string
  type: 'string' | 'object' | 'boolean' | 'number' | 'date' | 'any'
  description: string
}

function fields(...rows: Array<[name: string, type: SpecField['type'], description: string]>): SpecField[] {
  return rows.map(([name, type, description]) => ({ name, type, description }))
}

/** Fields of every call. */
export const COMMON_FIELDS = fields(
  ['type', 'string', 'The kind of call.'],
  ['userId', 'string', 'The ID of the user in your own database.'],
  ['anonymousId', 'string', 'A random ID for a user whose own ID is not known yet.'],
  ['messageId', 'string', 'The ID of the message. Segment adds one if it is missing and drops duplicates.'],
  ['timestamp', 'date', 'When it happened, in ISO 8601.'],
  ['sentAt', 'date', 'When the client sent the message, in ISO 8601.'],
  ['receivedAt', 'date', 'When Segment received the message. Segment sets it.'],
  ['originalTimestamp', 'date', 'The timestamp of the client before Segment corrected it. Segment sets it.'],
  ['context', 'object', 'Where the call comes from: page, device, library and so on.'],
  ['integrations', 'object', 'Which destinations may receive the message, such as { "All": false, "Astrolabe": true }.']
)

export const CONTEXT_FIELDS = fields(
  ['active', 'boolean', 'Whether the user is active.'],
  ['app', 'object', 'The application: name, version, build, namespace.'],
  ['campaign', 'object', 'The campaign: name, source, medium, term, content.'],
  ['channel', 'string', 'Where the call comes from: server, browser or mobile.'],
  ['device', 'object', 'The device: id, manufacturer, model, name, type, version.'],
  ['groupId', 'string', 'The ID of the Account of an identify or track call.'],
  ['ip', 'string', 'The IP address of the user.'],
  ['library', 'object', 'The client that sends the call: name, version.'],
  ['locale', 'string', 'The language of the user, such as en-US.'],
  ['location', 'object', 'Where the user is: city, country, latitude, longitude, region, speed.'],
  ['network', 'object', 'The connection: bluetooth, carrier, cellular, wifi.'],
  ['os', 'object', 'The operating system: name, version.'],
  ['page', 'object', 'The page in the browser: path, referrer, search, title, url.'],
  ['personas', 'object', 'What Engage adds: computation_class, computation_key, computation_id, namespace, space_id.'],
  ['referrer', 'object', 'How the user came: id, type, name, url, link.'],
  ['screen', 'object', 'The screen of the device: density, height, width.'],
  ['timezone', 'string', 'The time zone of the user, such as Europe/Berlin.'],
  ['traits', 'object', 'Traits of the user of a call other than identify, such as email.'],
  ['userAgent', 'string', 'The user agent of the browser.']
)

export const USER_TRAITS = fields(
  ['address', 'object', 'The address: city, country, postalCode, state, street.'],
  ['age', 'number', 'The age in years.'],
  ['avatar', 'string', 'The URL of a picture.'],
  ['birthday', 'date', 'The date of birth.'],
  ['company', 'object', 'The company: name, id, industry, employee_count, plan.'],
  ['createdAt', 'date', 'When the account of the user was created.'],
  ['description', 'string', 'A description of the user.'],
  ['email', 'string', 'The email address.'],
  ['firstName', 'string', 'The first name.'],
  ['gender', 'string', 'The gender.'],
  ['id', 'string', 'The ID of the user in your own database.'],
  ['lastName', 'string', 'The last name.'],
  ['name', 'string', 'The full name.'],
  ['phone', 'string', 'The phone number.'],
  ['title', 'string', 'The job title.'],
  ['username', 'string', 'The name that the user signs in with.'],
  ['website', 'string', 'The URL of the website of the user.']
)

export const GROUP_TRAITS = fields(
  ['address', 'object', 'The address: city, country, postalCode, state, street.'],
  ['avatar', 'string', 'The URL of a picture.'],
  ['createdAt', 'date', 'When the account of the group was created.'],
  ['description', 'string', 'A description of the group.'],
  ['email', 'string', 'The email address.'],
  ['employees', 'number', 'The number of employees.'],
  ['id', 'string', 'The ID of the group in your own database.'],
  ['industry', 'string', 'The industry.'],
  ['name', 'string', 'The name of the group.'],
  ['phone', 'string', 'The phone number.'],
  ['plan', 'string', 'The plan that the group is on.'],
  ['website', 'string', 'The URL of the website.']
)

export const EVENT_PROPERTIES = fields(
  ['revenue', 'number', 'The money that the event brought in.'],
  ['currency', 'string', 'The currency of the revenue, such as USD.'],
  ['value', 'number', 'A value in numbers other than revenue.']
)

export const PAGE_PROPERTIES = fields(
  ['name', 'string', 'The name of the page.'],
  ['path', 'string', 'The path in the URL.'],
  ['referrer', 'string', 'The URL of the page before.'],
  ['search', 'string', 'The query in the URL.'],
  ['title', 'string', 'The title of the page.'],
  ['url', 'string', 'The URL of the page.'],
  ['keywords', 'any', 'Keywords that describe the page, as a list.']
)

export const SCREEN_PROPERTIES = fields(['name', 'string', 'The name of the screen.'])

/** Fields that only some calls have. */
export const OWN_FIELDS = {
  traits: { name: 'traits', type: 'object', description: 'What is known about the user or group.' },
  properties: { name: 'properties', type: 'object', description: 'What describes the event, page or screen.' },
  event: { name: 'event', type: 'string', description: 'The name of the event, such as "User Registered".' },
  groupId: { name: 'groupId', type: 'string', description: 'The ID of the group in your own database.' },
  previousId: { name: 'previousId', type: 'string', description: 'The ID that the user had before.' },
  name: { name: 'name', type: 'string', description: 'The name of the page or screen.' },
  category: { name: 'category', type: 'string', description: 'The category of the page or screen.' }
} satisfies Record<string, SpecField>
