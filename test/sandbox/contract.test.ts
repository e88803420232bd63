import { buildSandbox } from '../../src/sandbox/build'
import type { SandboxOptions } from '../../src/sandbox/build'

interface Marked {
  'x-documented'?: true
  'x-assumed'?: true
}

interface Operation extends Marked {
  'x-rules': ({ rule: string } & Marked)[]
  'x-limits': object
  requestBody: { content: { 'application/json': { schema: object } } }
  responses: Record<string, Marked & { headers?: object }>
}

interface Schema extends Marked {
  properties: Record<string, Marked>
  required?: string[]
  anyOf?: object[]
}

interface Contract {
  openapi: string
  servers: object[]
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: object; schemas: Record<string, Schema> }
}

async function contractOf(options: SandboxOptions = {}): Promise<Contract> {
  const app = buildSandbox({ ...options, docs: true })
  await app.ready()
  return app.swagger() as unknown as Contract
}

/** `documented` or `assumed`. */
function sourceOf(marked: Marked): string {
  return Object.keys(marked)
    .filter((key) => key === 'x-documented' || key === 'x-assumed')
    .map((key) => key.slice('x-'.length))
    .join(' and ')
}

const sourcesOf = (all: Record<string, Marked>) =>
  Object.fromEntries(Object.entries(all).map(([name, marked]) => [name, sourceOf(marked)]))

describe('the contract as OpenAPI', () => {
  it('has the endpoints that Astrolabe has, and none that only a sandbox has', async () => {
    const { openapi, servers, paths } = await contractOf()
    expect(openapi).toBe('3.1.0')
    expect(servers).toEqual([
      { url: 'https://ingest.astrolabe.so/v1', description: 'Astrolabe (assumed)', 'x-assumed': true }
    ])
    expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
      ['/events', ['post']],
      ['/batch', ['post']]
    ])
  })

  it('has no batches if the sandbox serves only the documented API', async () => {
    const { paths, components } = await contractOf({ batch: false })
    expect(Object.keys(paths)).toEqual(['/events'])
    expect(Object.keys(components.schemas)).toEqual(['identify', 'group', 'track', 'message', 'error'])
  })

  it('marks each response to a message as documented or assumed', async () => {
    const { post } = (await contractOf()).paths['/events']
    expect(sourceOf(post)).toBe('documented')
    expect(sourcesOf(post.responses)).toEqual({
      200: 'documented',
      202: 'documented',
      400: 'documented',
      401: 'documented',
      403: 'documented',
      413: 'assumed',
      429: 'assumed',
      500: 'documented',
      501: 'documented',
      503: 'documented'
    })
    expect(Object.keys(post.responses[429].headers ?? {})).toEqual(['Retry-After'])
  })

  it('marks batches, and each response to them, as assumed', async () => {
    const { post } = (await contractOf()).paths['/batch']
    expect(sourceOf(post)).toBe('assumed')
    expect(sourcesOf(post.responses)).toEqual({
      200: 'assumed',
      207: 'assumed',
      400: 'assumed',
      401: 'assumed',
      403: 'assumed',
      413: 'assumed',
      429: 'assumed',
      500: 'assumed',
      503: 'assumed'
    })
    expect(post.requestBody.content['application/json'].schema).toEqual({
      type: 'object',
      required: ['batch'],
      properties: {
        batch: {
          type: 'array',
          minItems: 1,
          maxItems: 1000,
          description: 'The messages, each as in a request of its own.',
          'x-assumed': true,
          items: { $ref: '#/components/schemas/message' }
        }
      },
      additionalProperties: false
    })
  })

  it('gives the limits, which are assumed, as numbers', async () => {
    const { paths } = await contractOf()
    expect(paths['/events'].post['x-limits']).toEqual({ messageBytes: 36864, 'x-assumed': true })
    expect(paths['/batch'].post['x-limits']).toEqual({ messages: 1000, bytes: 4194304, 'x-assumed': true })
  })

  it('marks the rules beyond the schemas, too', async () => {
    const rules = (await contractOf()).paths['/events'].post['x-rules']
    expect(rules.map((rule) => [sourceOf(rule), rule.rule])).toEqual([
      ['documented', 'One static HTTPS endpoint accepts one message per request by `POST`, as JSON.'],
      ['documented', 'A 4xx or 5xx may carry JSON with a `message`; the body of a 2xx may be empty.'],
      ['assumed', 'The path is `/events`.'],
      ['assumed', 'A message has only the listed fields.'],
      ['assumed', 'There is one User and one Account per ID.'],
      ['assumed', 'A message whose `messageId` was accepted before changes nothing.'],
      ['assumed', 'A message of more than 36 KB of JSON without white space gets a 413.'],
      ['assumed', 'A request over the rate limit gets a 429.'],
      ['assumed', 'The API key is checked first: `{}` with a good key gets a 400 and creates nothing.']
    ])
  })

  it('has the API key as the user name of Basic authentication, which is documented', async () => {
    expect((await contractOf()).components.securitySchemes).toEqual({
      basic: {
        type: 'http',
        scheme: 'basic',
        description: 'The API key is the user name, the password is empty: `base64("<apiKey>:")`.',
        'x-documented': true
      }
    })
  })

  it.each([
    ['identify', ['type'], ['traits'], true],
    ['group', ['type', 'groupId'], ['groupId', 'traits'], false],
    ['track', ['type', 'event'], ['event', 'properties'], true]
  ])('lists the fields of %s messages', async (type, required, own, needsUser) => {
    const schema = (await contractOf()).components.schemas[type]
    const common = ['type', 'userId', 'anonymousId', 'context', 'timestamp', 'sentAt', 'receivedAt', 'messageId']
    expect(sourcesOf(schema.properties)).toEqual(
      Object.fromEntries([...common, ...own].map((field) => [field, 'documented']))
    )
    expect(schema.required).toEqual(required)
    expect(schema.anyOf).toEqual(needsUser ? [{ required: ['userId'] }, { required: ['anonymousId'] }] : undefined)
  })
})
