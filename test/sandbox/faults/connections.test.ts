import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { buildSandbox } from '../../../src/sandbox/build'
import type { Fault } from '../../../src/sandbox/faults/registry'
import { basic } from '../../http'
import { held } from '../sandbox-client'

const MESSAGE = '{"type":"track","event":"Signed Up","userId":"ada"}'
const HEAD = [
  'POST /v1/events HTTP/1.1',
  'Host: 127.0.0.1',
  `Authorization: ${basic('sandbox-key-not-a-secret:')}`,
  'Content-Type: application/json',
  `Content-Length: ${MESSAGE.length}`,
  '\r\n'
].join('\r\n')

let app: FastifyInstance
let sockets: Socket[] = []
/** The sandbox's ends of them. */
let connections: Socket[] = []

afterEach(async () => {
  sockets.forEach((socket) => socket.destroy())
  sockets = []
  connections = []
  await app.close()
})

/** A sandbox with this fault, and a connection to it. `met` resolves once a request has met the fault. */
async function start(fault: Fault) {
  let meet: () => void
  const met = new Promise<void>((resolve) => (meet = resolve))
  app = buildSandbox({ faults: [fault], onFault: () => meet() })
  app.server.on('connection', (connection) => connections.push(connection))
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { met, socket: await connectToSandbox() }
}

async function connectToSandbox(): Promise<Socket> {
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  await once(app.server, 'connection')
  return socket
}

/** Resolves with the code of the error that a connection ends with. */
async function endOf(socket: Socket): Promise<string | undefined> {
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
  return error.code
}

const heldEvents = async () => ((await held(app, 'events')) as { events: unknown[] }).events

describe('a reset', () => {
  it('before the request is read needs no more than its head', async () => {
    const { socket } = await start({ reset: 'before' })

    socket.write(HEAD)

    expect(await endOf(socket)).toBe('ECONNRESET')
  })

  it('while the request is read comes with the first byte of its body, and nothing is accepted', async () => {
    const { socket } = await start({ reset: 'during' })
    socket.write(HEAD)

    socket.write(MESSAGE.slice(0, 1))

    expect(await endOf(socket)).toBe('ECONNRESET')
    expect(await heldEvents()).toEqual([])
  })

  it('after the request is read comes once the message is accepted', async () => {
    const { socket } = await start({ reset: 'after' })

    socket.write(HEAD + MESSAGE)

    expect(await endOf(socket)).toBe('ECONNRESET')
    expect(await heldEvents()).toHaveLength(1)
  })

  it('in the middle of the response lets its first half arrive', async () => {
    const { socket } = await start({ reset: 'response' })
    let answer = ''
    socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => undefined)

    socket.write(HEAD + MESSAGE)
    await new Promise((resolve) => socket.once('close', resolve))

    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\ncontent-length: 2\r\n[^]*\r\n\r\n\{$/)
  })
})

describe('an idle connection that is closed without notice', () => {
  it('responds to its first request without announcing its end, and breaks at the second', async () => {
    const { socket } = await start({ idle: 'close' })
    socket.write(HEAD + MESSAGE)
    const [answer] = await once(socket, 'data')

    socket.write(HEAD + MESSAGE)

    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(String(answer)).not.toMatch(/connection: close/i)
    expect(await endOf(socket)).toBe('ECONNRESET')
    expect(await heldEvents()).toHaveLength(1)
  })
})

describe('a slow drip', () => {
  it.each(['header', 'body'] as const)('of the %s ends as a complete response', async (drip) => {
    const { socket } = await start({ drip, every: 1 })

    socket.write(HEAD + MESSAGE)

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nContent-Length: 2\r\n[^]*\r\n\r\n\{\}$/)
    expect(await heldEvents()).toHaveLength(1)
  })

  it('ends with its client', async () => {
    const interval = jest.spyOn(global, 'setInterval')
    const clear = jest.spyOn(global, 'clearInterval')
    const { socket, met } = await start({ drip: 'header', every: 60_000 })
    const [accepted] = connections
    socket.write(HEAD + MESSAGE)
    await met

    socket.destroy()
    await once(accepted, 'close')

    expect(clear).toHaveBeenCalledWith(interval.mock.results[0].value)
    jest.restoreAllMocks()
  })
})

describe('closing a sandbox with faults', () => {
  it.each<Fault>([
    { stall: 'header' },
    { stall: 'body' },
    { drip: 'header', every: 60_000 },
    { drip: 'body', every: 60_000 }
  ])('does not wait for a connection that %j holds open', async (fault) => {
    const { socket, met } = await start(fault)
    socket.write(HEAD + MESSAGE)
    await met
    const original = global.setTimeout
    // Without the three seconds after which everything is closed by force.
    const timers = jest
      .spyOn(global, 'setTimeout')
      .mockImplementation((callback: () => void, delay) => original(delay === 3000 ? () => undefined : callback, delay))

    await expect(app.close()).resolves.toBeUndefined()
    timers.mockRestore()
  })

  it.each<Fault>([{ stall: 'header' }, { status: 503 }])(
    'applies %j to no request that comes meanwhile',
    async (fault) => {
      app = buildSandbox({ faults: [fault] })
      let answer = ''
      app.addHook('preClose', async () => {
        const socket = await connectToSandbox()
        socket.write(HEAD + MESSAGE)
        answer = await text(socket)
      })
      await app.listen({ host: '127.0.0.1', port: 0 })

      await app.close()

      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    }
  )
})
