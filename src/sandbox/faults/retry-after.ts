import { defineFault } from './definition'

/** Both forms of the header are allowed (RFC 9110, 10.2.3). That Astrolabe responds like this is assumed. */
export const retryAfter = defineFault({
  name: 'retry-after',
  values: ['seconds', 'date'],
  parameters: { wait: { from: 0, to: 3600 } },
  meaning: 'responds with 429 and asks to wait for this many seconds (1)',
  create: ({ 'retry-after': form, wait = 1 }) => ({
    onRequest: (_request, reply) =>
      void reply
        .code(429)
        .header('retry-after', form === 'seconds' ? String(wait) : httpDateIn(wait))
        .send({ message: 'The rate limit is exceeded' })
  })
})

/** HTTP dates have whole seconds, so it is rounded up. */
function httpDateIn(seconds: number): string {
  return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString()
}
