import https from 'node:https'
import { loadTask } from '../../../bench/cpu/load'
import type { Variant } from '../../../bench/cpu/load'
import { StubbedNetwork } from '../../../bench/cpu/stubbed-network'
import { astrolabeVariant } from '../../../bench/cpu/variants'

const connect = https.globalAgent.createConnection

const network = new StubbedNetwork()

afterAll(() => {
  https.globalAgent.destroy()
  https.globalAgent.createConnection = connect
})

const { name, send } = astrolabeVariant()

async function runOnce(variant: Variant, size?: number): Promise<void> {
  const { before, run, after } = await loadTask(network, variant, 2, size)
  before?.()
  await run()
  after?.()
}

describe('a row', () => {
  it.each([undefined, 1, 3])('sends the same each time, in batches of %s', async (size) => {
    await expect(runOnce({ name, send }, size)).resolves.toBeUndefined()
  })

  it('is an error if it sends nothing', async () => {
    await expect(runOnce({ name, send: async () => {} })).rejects.toThrow(
      'astrolabe: 0 requests of 0 bytes arrived, not 6 of 0'
    )
  })

  it('is an error if it sends twice', async () => {
    const twice: Variant['send'] = async (mode, events) => {
      await send(mode, events)
      await send(mode, events)
    }

    await expect(runOnce({ name, send: twice })).rejects.toThrow('astrolabe: 12 requests of')
  })

  it('is an error if its bytes differ from those before', async () => {
    let sent = 0
    const longer: Variant['send'] = (mode, [event]) => send(mode, [{ ...event, userId: `user-${10 ** sent++}` }])

    await expect(runOnce({ name, send: longer })).rejects.toThrow(
      /^astrolabe: 6 requests of \d+ bytes arrived, not 6 of/
    )
  })
})
