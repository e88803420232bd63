import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Published by undici, which is Node's `fetch`, as it writes the head of a request to a connection. */
const SEND_HEADERS = 'undici:client:sendHeaders'

/**
 * How many connections the requests went out on that `send` makes to an origin.
 *
 * @returns 0 where this version of Node does not tell
 */
export async function countConnections(origin: string, send: () => Promise<unknown>): Promise<number> {
  const sockets = new Set<unknown>()
  const note = (event: unknown) => {
    // Undici's documentation, "Diagnostics Channel Support".
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
