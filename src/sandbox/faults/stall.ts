import { defineFault } from './definition'
import { startResponse } from './handler'

/** The connection stays open. */
export const stall = defineFault({
  name: 'stall',
  values: ['header', 'body'],
  parameters: {},
  meaning: 'accepts the message, then stops before or in the middle of its response',
  create: ({ stall: part }) => ({
    onSend: (payload, _request, reply) => {
      reply.hijack()
      if (part === 'body') {
        startResponse(reply, payload)
      }
    }
  })
})
