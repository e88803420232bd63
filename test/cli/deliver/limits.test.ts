import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { planDelivery } from '../../../src/cli/deliver/plan'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

const file = temporaryFolder()

describe('the limits of a delivery', () => {
  it('are by default those that the guide names', async () => {
    const { stdout } = await runCommandLine(['deliver', '--help'])

    const help = stdout.replace(/\s+/g, ' ')
    expect(help).toContain('maximum requests in flight; the number adapts to the API (default: 64)')
    expect(help).toContain('maximum retries of an event (default: 5)')
    expect(help).toContain('stop after 3 failures in a row (default: 1 h)')
    expect(help).toContain('send up to this many events per request (100)')
  })

  it.each([
    [{ batch: undefined }, undefined],
    [{ batch: true as const }, 100],
    [{ batch: 20 }, 20]
  ])('have the batch size of %j', async (options, expected) => {
    expect((await plan(options)).batchSize).toBe(expected)
  })

  it('have a rate for all shards together', async () => {
    expect((await plan({ rate: 90 })).rate).toBe(90)
    expect((await plan({ rate: 90, shardIndex: 2, shardCount: 3 })).rate).toBe(30)
    expect((await plan({ shardIndex: 2, shardCount: 3 })).rate).toBeUndefined()
  })
})

async function plan(options: Partial<Parameters<typeof planDelivery>[1]>) {
  await writeFile(file('events.ndjson'), '')
  const limits = { concurrency: 64, retries: 5, maxOutage: 0 }
  const { target, delivery } = await planDelivery([file('events.ndjson')], { ...limits, ...options }, () =>
    Readable.from([])
  )
  await target.close()
  return delivery
}
