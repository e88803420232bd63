import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest, IncomingMessage } from 'node:http'

interface Exchange {
  request: ClientRequest
  response: IncomingMessage
}

/** Node announces each response here, whatever agent or proxy its request goes through. */
const RESPONSES = 'http.client.response.finish'

/** A connection that the other end closes (FIN) has no error of its own. */
class CutResponse extends Error {
  override readonly name = 'CutResponse'
  readonly code = 'ECONNRESET'

  constructor() {
    super('the connection ended in the middle of the response')
  }
}

let running = 0

/**
 * Until `run` ends, requests fail if their connection ends in the middle of the response. The framework's client
 * (node-fetch 2) pipes the body on without listening for that, and would wait for its timeout.
 */
export async function noticeCutResponses<T>(run: () => Promise<T>): Promise<T> {
  // A subscription for good would keep this module alive for as long as the process.
  if (running++ === 0) {
    subscribe(RESPONSES, watch)
  }
  try {
    return await run()
  } finally {
    if (--running === 0) {
      unsubscribe(RESPONSES, watch)
    }
  }
}

function watch(message: unknown): void {
  // The cast: Node documents the message of this channel.
  const { request, response } = message as Exchange
  response.once('close', () => {
    const isNoticed = request.aborted || response.complete || response.listenerCount('error') > 0
    if (!isNoticed && request.listenerCount('error') > 0) {
      request.emit('error', new CutResponse())
    }
  })
}
