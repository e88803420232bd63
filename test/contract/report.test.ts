import fastify from 'fastify'
import { describeReport } from '../../src/cli/check/report'
import { API_KEY, checkAt, KEY_WITHOUT_PERMISSION, serve } from './check-sandbox'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a report', () => {
  it('contains no key, however an API repeats it', async () => {
    const forms = [API_KEY, KEY_WITHOUT_PERMISSION].flatMap((key) => [
      key,
      key.toUpperCase(),
      base64(key),
      base64(`${key}:`),
      base64(`${key}:`).replace(/=+$/, ''),
      encodeURIComponent(base64(`${key}:`))
    ])
    const echo = forms.join(' ')
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) =>
      reply.code(429).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    app.post('/v1/events', async (_request, reply) =>
      reply.code(400).headers({ location: echo, 'retry-after': echo }).send({ message: echo })
    )
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    for (const text of [JSON.stringify(report), describeReport(report)]) {
      expect(text).toContain('[withheld: it quotes the API key]')
      forms.forEach((form) => expect(text.toLowerCase()).not.toContain(form.toLowerCase()))
    }
  })

  it('contains no part of a key if a body is cut', async () => {
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) => reply.code(400).send('x'.repeat(495) + API_KEY))
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    expect(JSON.stringify(report)).toContain('"body":"[withheld: it quotes the API key]"')
    expect(JSON.stringify(report)).not.toContain('xfake')
  })
})
