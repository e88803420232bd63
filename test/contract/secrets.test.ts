import fastify from 'fastify'
import { describeReport } from '../../src/cli/check/report'
import { checkAt, serve, API_KEY, KEY_WITHOUT_PERMISSION } from './check-sandbox'
import { redactor } from '../../src/contract/redaction'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('a report', () => {
  it('holds no key, however an API repeats it', async () => {
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
      expect(text).toContain('[API key]')
      forms.forEach((form) => expect(text.toLowerCase()).not.toContain(form.toLowerCase()))
    }
  })

  it('holds no half of a key where a body is cut', async () => {
    const app = fastify()
    app.setNotFoundHandler(async (_request, reply) => reply.code(400).send('x'.repeat(495) + API_KEY))
    const report = await serve(app, (baseUrl) => checkAt(baseUrl))

    expect(JSON.stringify(report)).toContain('"body":"xxxxx')
    expect(JSON.stringify(report)).not.toContain('xfake')
  })
})

describe('what is redacted', () => {
  const key = `a/b+c "d" <e> é%`

  it.each([
    ['the key', key],
    ['JSON', JSON.stringify(key).slice(1, -1)],
    ['HTML', 'a/b+c &quot;d&quot; &lt;e&gt; é%'],
    ['a form', 'a%2Fb%2Bc+%22d%22+%3Ce%3E+%C3%A9%25'],
    ['a form in small letters', 'a%2fb%2bc+%22d%22+%3ce%3e+%c3%a9%25'],
    ['encodeURIComponent', encodeURIComponent(key)],
    ['encodeURI', encodeURI(key)],
    ['base64', base64(key)],
    ['the credentials', base64(`${key}:`)],
    ['base64 for URLs', Buffer.from(`${key}:`).toString('base64url')],
    ['base64 in a URL', encodeURIComponent(base64(`${key}:`))]
  ])('is what %s writes', (_case, form) => {
    expect(redactor([key])(`<${form}>`)).toBe('<[API key]>')
  })

  it('is half a character, too', () => {
    expect(redactor(['\uD800'])('<\uD800>')).toBe('<[API key]>')
  })

  it('is the whole of a key that begins like another', () => {
    expect(redactor(['key', 'key-without-permission'])('key-without-permission, key')).toBe('[API key], [API key]')
  })

  it('is nothing where there is no key', () => {
    expect(redactor([])('a text')).toBe('a text')
  })
})
