import type { FastifyInstance } from 'fastify'
import { buildConsole } from '../../src/console/server/build'

let app: FastifyInstance

beforeEach(() => {
  app = buildConsole()
})

afterEach(() => app.close())

describe('sources', () => {
  it('are created with a write key, renamed and deleted', async () => {
    const created = await app.inject({ method: 'POST', url: '/api/sources', payload: { name: 'Website' } })
    const { id } = created.json<{ id: string }>()

    expect(created.statusCode).toBe(201)
    expect(created.json()).toEqual({
      id: 'source-2',
      name: 'Website',
      writeKey: expect.stringMatching(/^[\w-]{32}$/),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      received: 0,
      dropped: 0,
      destinationIds: []
    })

    const renamed = await app.inject({ method: 'PATCH', url: `/api/sources/${id}`, payload: { name: 'Shop' } })
    expect(renamed.json()).toMatchObject({ id, name: 'Shop' })

    const deleted = await app.inject({ method: 'DELETE', url: `/api/sources/${id}` })
    expect(deleted.statusCode).toBe(204)
    expect((await app.inject('/api/sources')).json()).toEqual([expect.objectContaining({ name: 'My Website' })])
  })

  it('are rejected without a name, with the field that is missing', async () => {
    const response = await app.inject({ method: 'POST', url: '/api/sources', payload: {} })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual({
      message: "Body must have required property 'name'.",
      fields: [{ field: 'name', message: "Must have required property 'name'." }]
    })
  })

  it('have snippets for the host by which the page was opened', async () => {
    const allowing = buildConsole({ allowedHosts: ['host.docker.internal'] })
    const url = '/api/sources/source-1/snippets'
    const response = await allowing.inject({ url, headers: { host: 'host.docker.internal:4020' } })
    await allowing.close()

    const codes = response.json<{ code: string }[]>().map(({ code }) => code)
    expect(codes.filter((code) => /host\.docker\.internal(:|', port: )4020/.test(code))).toEqual(codes)
    expect(response.payload).not.toContain('127.0.0.1')
  })

  it('do not exist under an unknown ID', async () => {
    const response = await app.inject('/api/sources/source-9')

    expect(response.statusCode).toBe(404)
    expect(response.json()).toEqual({
      message: 'This source does not exist. It may have been deleted, or dropped to save memory.'
    })
  })
})
