import { buildSandbox } from '../../../src/sandbox/build'
import { FaultSwitch } from '../../../src/sandbox/faults/switch'
import { post } from '../sandbox-client'

const track = { type: 'track', event: 'Signed Up', userId: 'ada' }

describe('the faults of a running sandbox', () => {
  it('can be switched on, and off again', async () => {
    const faults = new FaultSwitch()
    const app = buildSandbox({ faults })
    const status = async () => (await post(app, '/v1/events', track)).status

    expect(await status()).toBe(200)
    faults.set([{ status: 503 }])
    expect(await status()).toBe(503)
    faults.set([])
    expect(await status()).toBe(200)
  })

  it('are listed with the times that are left', async () => {
    const faults = new FaultSwitch([
      { status: 503, times: 2 },
      { 'retry-after': 'seconds', wait: 5 }
    ])
    const app = buildSandbox({ faults })
    await post(app, '/v1/events', track)
    expect(faults.active).toEqual([
      { status: 503, times: 1 },
      { 'retry-after': 'seconds', wait: 5 }
    ])
    await post(app, '/v1/events', track)
    expect(faults.active).toEqual([{ 'retry-after': 'seconds', wait: 5 }])
  })

  it('cannot change its protocol', () => {
    const faults = new FaultSwitch([{ status: 503 }])
    expect(() => faults.set([{ tls: 'expired' }])).toThrow(RangeError)
    expect(faults.active).toEqual([{ status: 503 }])
  })
})
