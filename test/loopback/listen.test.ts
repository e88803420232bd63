import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { listenOnLoopback } from '../../src/loopback/listen'
import { startServer, basic } from '../http'
import { buildSandbox, SANDBOX_API_KEY } from '../../src/sandbox/build'
import { holdTimersOf } from '../held-timers'

describe('listening', () => {
  it('is on a free port of 127.0.0.1 if none is asked for', async () => {
    const app = fastify()

    const origin = await listenOnLoopback(app, 0)

    expect(app.server.address()).toMatchObject({ address: '127.0.0.1', port: Number(new URL(origin).port) })
    expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/)
    await app.close()
  })

  it.each(['127.0.0.2', '0.0.0.0'])('is on %s too if it is asked for, until the server closes', async (host) => {
    const app = fastify()
    app.get('/', async () => 'served')
    const url = new URL(await listenOnLoopback(app, 0, host))
    const ask = async (address: string) => (await fetch(`http://${address}:${url.port}/`)).text()

    expect([url.hostname, await ask('127.0.0.1'), await ask('127.0.0.2')]).toEqual(['127.0.0.1', 'served', 'served'])
    await app.close()
    await expect(ask('127.0.0.2')).rejects.toThrow('fetch failed')
  })

  it('is on nothing else if nothing else is asked for', async () => {
    const app = fastify()
    const { port } = new URL(await listenOnLoopback(app, 0))

    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow('fetch failed')
    await app.close()
  })

  it('fails with a sentence if the machine has no such address, and leaves nothing open', async () => {
    const app = fastify()

    await expect(listenOnLoopback(app, 0, '203.0.113.1')).rejects.toMatchObject({
      name: 'NoSuchAddressError',
      message: 'This machine has no address 203.0.113.1.'
    })
    expect(app.server.listening).toBe(false)
  })

  it('fails with a sentence if the port is in use', async () => {
    const { port, close } = await startServer()

    const app = fastify()
    await expect(listenOnLoopback(app, port)).rejects.toMatchObject({
      name: 'PortUnavailableError',
      message: `Port ${port} is in use.`,
      port,
      reason: 'in use'
    })
    await app.close()
    await close()
  })

  it('fails with a sentence if the process may not use the port', async () => {
    const app = failing(Object.assign(new Error('listen'), { code: 'EACCES' }))

    await expect(listenOnLoopback(app, 80)).rejects.toMatchObject({
      name: 'PortUnavailableError',
      message: 'Permission to use port 80 was denied.',
      reason: 'not permitted'
    })
    await app.close()
  })

  it('passes on every other error', async () => {
    const failure = new Error('no address')
    const app = failing(failure)

    await expect(listenOnLoopback(app, 0)).rejects.toBe(failure)
    await app.close()
  })
})

/** Tests may run as root, who may use every port. */
function failing(error: Error): FastifyInstance {
  const app = fastify()
  app.addHook('onReady', async () => {
    throw error
  })
  return app
}

/** Milliseconds that a closing sandbox gives to a request that is coming in. */
const GRACE = 3000

const MESSAGE = '{"type":"identify","userId":"ada"}'
const HEAD = [
  'POST /v1/events HTTP/1.1',
  'Host: 127.0.0.1',
  `Authorization: ${basic(`${SANDBOX_API_KEY}:`)}`,
  'Content-Type: application/json',
  `Content-Length: ${MESSAGE.length}`,
  'Connection: keep-alive'
].join('\r\n')

let sockets: Socket[] = []

afterEach(() => {
  jest.restoreAllMocks()
  sockets.forEach((socket) => socket.destroy())
  sockets = []
})

/** Connects, and waits until the server has the connection too. */
async function connectTo(app: FastifyInstance): Promise<Socket> {
  // The address of a server that listens on TCP is never a pipe's name or null.
  const { port } = app.server.address() as AddressInfo
  const accepted = once(app.server, 'connection')
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await accepted
  return socket
}

/** Sends the head of a request and waits until the server asks for its body: from then on the request is running. */
async function startRequest(app: FastifyInstance): Promise<Socket> {
  const socket = await connectTo(app)
  socket.write(`${HEAD}\r\nExpect: 100-continue\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  return socket
}

async function listen(): Promise<FastifyInstance> {
  const app = buildSandbox()
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

describe('closing', () => {
  it('does not wait for ever for a client that stops in the middle of a request', async () => {
    holdTimersOf(GRACE).endComing()
    const app = await listen()
    await startRequest(app)

    await expect(app.close()).resolves.toBeUndefined()
  })

  it('responds to a running request, announces the end of the connection, and then ends', async () => {
    const app = buildSandbox()
    const closingHasBegun = new Promise<void>((resolve) => app.addHook('preClose', async () => resolve()))
    await app.listen({ host: '127.0.0.1', port: 0 })
    const socket = await startRequest(app)
    const closed = app.close()
    await closingHasBegun

    socket.write(MESSAGE)
    const answer = await text(socket)

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toMatch(/\r\nconnection: close\r\n/i)
    expect(answer).toMatch(/\r\n\r\n\{\}$/)
    await expect(closed).resolves.toBeUndefined()
  })

  it('responds to a request that arrives meanwhile like to any other', async () => {
    const app = buildSandbox({ apiKeys: ['another-key'] })
    let answer = ''
    app.addHook('preClose', async () => {
      const socket = await connectTo(app)
      socket.write(`${HEAD}\r\n\r\n${MESSAGE}`)
      answer = await text(socket)
    })
    await app.listen({ host: '127.0.0.1', port: 0 })

    await app.close()

    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/)
    expect(answer).toMatch(/\r\n\r\n\{"message":"The API key is unknown, expired or revoked"\}$/)
  })

  it('does not wait for a connection that has its response', async () => {
    const app = await listen()
    const socket = await connectTo(app)
    socket.write(`${HEAD}\r\n\r\n${MESSAGE}`)
    await once(socket, 'data')

    await expect(app.close()).resolves.toBeUndefined()
  })

  it('does not wait for a connection that never sent a request', async () => {
    const app = await listen()
    await connectTo(app)

    await expect(app.close()).resolves.toBeUndefined()
  })

  it('does not wait for a client that is already gone', async () => {
    const app = await listen()
    const socket = await connectTo(app)
    socket.destroy()
    await once(socket, 'close')

    await expect(app.close()).resolves.toBeUndefined()
  })
})
