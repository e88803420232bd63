import { parseSubscriptions } from '../../src/runtime'
import { records } from './records-destination'

const definition = records()
const add = {
  id: 'x',
  name: 'Add',
  actionId: 'a',
  actionSlug: 'add',
  enabled: true,
  trigger: 'type = "track"',
  settings: {}
}
const subscription = { name: 'Add', partnerAction: 'add', subscribe: 'type = "track"', mapping: {} }

const problems = (json: unknown) => {
  const parsed = parseSubscriptions(json, definition)
  return 'problems' in parsed ? parsed.problems : []
}

/** The problems of one mapping, without its place. */
const problemsOf = (changes: object) =>
  problems([{ ...add, ...changes }]).map((text) => text.replace(/^Mapping 1.*?: /, ''))

describe('mappings in the form of the Public API', () => {
  it.each([
    ['the whole response', { data: { pagination: { current: 'MA==' }, subscriptions: [add] } }],
    ['the object in it', { subscriptions: [add] }],
    ['the list itself', [add]]
  ])('are read from %s', (_what, json) => {
    expect(parseSubscriptions(json, definition)).toEqual({ subscriptions: [subscription], warnings: [] })
  })

  it('leave out those that are disabled', () => {
    expect(parseSubscriptions([add, { ...add, enabled: false }], definition)).toEqual({
      subscriptions: [subscription],
      warnings: []
    })
  })

  it('are enabled unless they say otherwise', () => {
    expect(parseSubscriptions([{ ...add, enabled: undefined }], definition)).toEqual({
      subscriptions: [subscription],
      warnings: []
    })
  })

  it('may have the fields as text, as Terraform writes them', () => {
    expect(parseSubscriptions([{ ...add, settings: '{"id":{"@path":"$.userId"}}' }], definition)).toEqual({
      subscriptions: [{ ...subscription, mapping: { id: { '@path': '$.userId' } } }],
      warnings: []
    })
  })

  it('are named after their action if they have no name', () => {
    expect(parseSubscriptions([{ ...add, name: undefined }], definition)).toEqual({
      subscriptions: [{ ...subscription, name: 'add' }],
      warnings: []
    })
  })

  it.each([
    'type = "track"',
    'type="track"  and event != "a  b"',
    '(type = "track" or type = "identify")',
    '(type = "track" or type = "identify") and event = "a"',
    'match(event,"Or*")',
    '!contains( properties.url, "x" )',
    'properties.price >= 3.50',
    'traits.active = true',
    'userId != null'
  ])('may have the trigger %s', (trigger) => {
    expect(problemsOf({ trigger })).toEqual([])
  })

  it('may have fields that the platform reads itself', () => {
    const settings = { enable_batching: true, batch_size: 10, __segment_internal_sync_mode: 'upsert' }

    expect(problemsOf({ settings })).toEqual([])
  })
})

describe('texts in mappings', () => {
  const warningsOf = (id: unknown) => {
    const parsed = parseSubscriptions([{ ...add, settings: { id } }], definition)
    return 'warnings' in parsed ? parsed.warnings : parsed
  }
  const sends = (text: string, directive: string) =>
    `Mapping 1 ("Add"): The field "id" sends the text "${text}" itself. To read the event, write {"${directive}": "${text}"}.`

  it.each([
    ['$.userId', '$.userId', '@path'],
    ['{{traits.name}}', '{{traits.name}}', '@template'],
    [{ nested: ['Dear {{traits.name}}'] }, 'Dear {{traits.name}}', '@template'],
    [{ '@if': { exists: { '@path': '$.userId' }, then: '$.userId' } }, '$.userId', '@path']
  ])('are warned of if they look like paths or templates: %j', (id, text, directive) => {
    expect(warningsOf(id)).toEqual([sends(text, directive)])
  })

  it.each([
    'text',
    '$5.00',
    '$. and more',
    '{x}',
    { '@path': '$.userId' },
    { '@template': '{{traits.name}}' },
    { '@literal': '$.userId' }
  ])('may be %j', (id) => {
    expect(warningsOf(id)).toEqual([])
  })

  it.each([
    [{ '@path': '$.user_id' }, '$.user_id', '$.userId'],
    [{ '@if': { exists: { '@path': '$.userId' }, then: { '@path': '$.usrId' } } }, '$.usrId', '$.userId'],
    [{ '@path': '$.propertis.plan' }, '$.propertis.plan', '$.properties.plan'],
    [{ '@template': 'a {{ user_id }}' }, '$.user_id', '$.userId']
  ])('suggest the path that was meant: %j', (id, path, meant) => {
    expect(warningsOf(id)).toEqual([
      `Mapping 1 ("Add"): The field "id" reads "${path}", which Segment's events don't have. Did you mean "${meant}"?`
    ])
  })

  it.each(['$.userId', '$.name', '$.traits.user_id', '$.properties[0]', '$.ownField', '$'])(
    'say nothing about the path %s',
    (path) => {
      expect(warningsOf({ '@path': path })).toEqual([])
    }
  )
})

describe('mistakes in mappings', () => {
  it('are named if it is one page of several', () => {
    const page = { subscriptions: [add], pagination: { current: 'MA==', next: 'MQ==' } }

    expect(problems({ data: page })).toEqual([
      'This is one page of several, so that mappings are missing. Join the lists of all pages in one array ("pagination.next" is the cursor of the next page).'
    ])
    expect(problems({ data: { ...page, pagination: { current: 'MA==', next: '' } } })).toEqual([])
  })

  it.each([[null], [3], [{ mappings: [] }], ['x']])('are named if %j is no list', (json) => {
    expect(problems(json)).toEqual([
      'This is not a list of mappings. Write a JSON array of objects with "name", "actionSlug", "trigger" and "settings", or save the response of Segment\'s Public API as it is.'
    ])
  })

  it.each([
    'nonsense',
    'type = ',
    'type = "track" and',
    'type == "track"',
    "type = 'track'",
    'type = "track" and event = "a" or event = "b"',
    'event = "say \\"hi\\""'
  ])('are named if the framework does not read the trigger as it is written: %s', (trigger) => {
    expect(problemsOf({ trigger })).toEqual([`The trigger can't be read: ${trigger}.`])
  })

  it.each([
    [{ trigger: '' }, "The trigger can't be read: it is empty."],
    [{ trigger: undefined }, "The trigger can't be read: it is empty."],
    [{ trigger: 'type = "trak"' }, 'Segment has no type "trak". Did you mean "track"?'],
    [
      { trigger: 'event = "a" and type = "order"' },
      'Segment has no type "order". Types are "identify", "group", "track", "page", "screen", "alias".'
    ],
    [{ actionSlug: 'remove' }, 'There is no action "remove". Actions: add, name.'],
    [{ actionSlug: 'constructor' }, 'There is no action "constructor". Actions: add, name.'],
    [{ actionSlug: undefined }, '"actionSlug" is missing. Write the action\'s key, such as "track".'],
    [{ settings: { idd: 1 } }, 'The action has no field "idd". Fields: id.'],
    [{ enabled: 'false' }, '"enabled" is neither true nor false. Write it without quotes.'],
    [{ enabled: null }, '"enabled" is neither true nor false. Write it without quotes.'],
    [{ settings: { enable_batchings: true } }, 'The action has no field "enable_batchings". Fields: id.'],
    [{ settings: 'x' }, '"settings" is not an object. Write the fields of the action in it.'],
    [{ settings: null }, '"settings" is not an object. Write the fields of the action in it.'],
    [{ settings: '3' }, '"settings" is not an object. Write the fields of the action in it.'],
    [{ settings: [] }, '"settings" is not an object. Write the fields of the action in it.'],
    [
      { settings: { id: { '@path': 3 } } },
      'A field is not valid: /id/@path should be a string or a mapping directive but it is a number.'
    ],
    [{ settings: { id: { '@pth': '$.userId' } } }, 'A field is not valid: /id has an invalid directive: @pth.']
  ])('are named in %j', (changes, problem) => {
    expect(problemsOf(changes)).toEqual([problem])
  })

  it('are not seen in a directive that only needs an event', () => {
    expect(problemsOf({ settings: { id: { '@template': { '@path': '$.userId' } } } })).toEqual([])
  })

  it('are named for a required field that is not mapped', () => {
    const { actions } = records()
    actions.add.fields = { id: { label: 'ID', description: 'An ID.', type: 'string', required: true } }

    expect(parseSubscriptions([add], { actions })).toEqual({
      problems: ['Mapping 1 ("Add"): The required field "id" is not mapped.']
    })
  })

  it('are all named at once, each with its mapping', () => {
    expect(
      problems([{ ...add, name: '', actionSlug: 'x', trigger: 'y' }, add, null, { ...add, settings: { z: 1 } }])
    ).toEqual([
      'Mapping 1: There is no action "x". Actions: add, name.',
      "Mapping 1: The trigger can't be read: y.",
      'Mapping 3: "actionSlug" is missing. Write the action\'s key, such as "track".',
      'Mapping 4 ("Add"): The action has no field "z". Fields: id.'
    ])
  })

  it.each([[[]], [[{ ...add, enabled: false }]]])('are named if no mapping is enabled: %j', (json) => {
    expect(problems(json)).toEqual(['No mapping is enabled, so nothing would be delivered.'])
  })
})
