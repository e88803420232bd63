import { defineFault } from './definition'

export const echo = defineFault({
  name: 'echo',
  values: ['key'],
  parameters: {},
  meaning: 'rejects the message with a sentence that quotes the API key',
  create: () => ({
    preHandler: ({ headers, body }, reply) => {
      const message = quote(headers.authorization ?? '')
      const { batch } = (body ?? {}) as { batch?: unknown[] }
      void (batch
        ? reply.code(207).send({ results: batch.map(() => ({ status: 400, message })) })
        : reply.code(400).send({ message }))
    }
  })
})

/** Every encoding of the key in a request. */
function quote(authorization: string): string {
  const encoded = authorization.replace(/^Basic /i, '')
  const key = Buffer.from(encoded, 'base64').toString().replace(/:$/, '')
  const base64 = Buffer.from(key).toString('base64')
  const forms = [
    key,
    encodeURIComponent(key),
    new URLSearchParams({ '': key }).toString().slice(1),
    base64,
    base64.replace(/=+$/, ''),
    authorization
  ]
  return `Not with ${forms.join(', ')}`
}
