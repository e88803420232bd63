import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Published by undici (Node's `fetch`) when it writes the head of a request to a connection. */
const SEND_HEADERS = 'undici:client:sendHeaders'

/**
 * Counts the connections that the requests of `send` to an origin use.
 *
 * @returns 0 if this version of Node does not publish connections
 */
export async function countConnections(origin: string, send: () => Promise<unknown>): Promise<number> {
  const sockets = new Set<unknown>()
  const note = (event: unknown) => {
    // The shape is in undici's documentation, "Diagnostics Channel Support".
    const { request, socket } = event as { request: { origin: unknown }; socket: unknown }
    if (String(request.origin) === origin) {
      sockets.add(socket)
    }
  }
  subscribe(SEND_HEADERS, note)
  try {
    await send()
  } finally {
    unsubscribe(SEND_HEADERS, note)
  }
  return sockets.size
}
