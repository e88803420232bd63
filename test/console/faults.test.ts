import { buildConsole } from '../../src/console/server/build'

const app = buildConsole()

afterAll(() => app.close())

const put = (active: string[]) => app.inject({ method: 'PUT', url: '/api/faults', payload: { active } })

describe('faults', () => {
  it('are off at first, with suggestions that can all be switched on', async () => {
    const faults = (await app.inject('/api/faults')).json<{ active: string[]; suggestions: { spec: string }[] }>()
    expect(faults.active).toEqual([])

    for (const { spec } of faults.suggestions) {
      expect((await put([spec])).json()).toMatchObject({ active: [spec] })
    }
  })

  it('are switched on and off, and are part of the status', async () => {
    await put(['status=503,times=2', 'reset=after'])
    expect((await app.inject('/api/status')).json()).toMatchObject({ faults: ['status=503,times=2', 'reset=after'] })

    await put([])
    expect((await app.inject('/api/status')).json()).toMatchObject({ faults: [] })
  })

  it.each([
    ['nope=1', /^There is no fault "nope"\./],
    ['status=999', /status/],
    ['tls=expired', /^A running sandbox cannot change to https:/]
  ])('rejects %s, and keeps what is on', async (spec, message) => {
    await put(['status=503'])
    const response = await put([spec])

    expect([response.statusCode, response.json()]).toEqual([422, { message: expect.stringMatching(message) }])
    expect((await app.inject('/api/faults')).json()).toMatchObject({ active: ['status=503'] })
  })

  it('lists no kind that only a start can switch on', async () => {
    const { kinds } = (await app.inject('/api/faults')).json<{ kinds: { usage: string }[] }>()

    expect(kinds.map(({ usage }) => usage.split('=')[0])).toEqual(expect.arrayContaining(['status', 'stall', 'reset']))
    expect(kinds.map(({ usage }) => usage.split('=')[0])).not.toContain('tls')
  })
})

describe('the examples of the Test page', () => {
  it('start from the seed, Engage and Reverse ETL', async () => {
    const groups = (await app.inject('/api/examples')).json<{ title: string; examples: { event: object }[] }[]>()

    expect(groups.map(({ title }) => title)).toEqual(['Segment Spec', 'Engage', 'Reverse ETL', 'Not delivered'])
    expect(groups[0].examples[0].event).toEqual({
      type: 'identify',
      userId: 'userId123',
      traits: { email: 'john.doe@example.com' }
    })
  })
})
