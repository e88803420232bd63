import fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { listenOnLoopback } from '../../src/loopback/listen'
import { startServer } from '../http'

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
