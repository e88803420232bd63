import { Readable } from 'node:stream'
import type { SegmentEvent } from '@segment/actions-core'
import type { DeliveryRecord } from '../../src/runtime/delivery-record'
import { readEvents } from '../../src/runtime/read-events'
import { run } from '../../src/runtime/run'
import type { Runtime } from '../../src/runtime/runtime'

const record = (outcome: DeliveryRecord['outcome'], reason?: string): DeliveryRecord => ({
  mapping: 'Add',
  action: 'add',
  outcome,
  reason,
  attempts: 1
})

async function fates(lines: string[], deliver: (event: SegmentEvent) => Promise<DeliveryRecord[]>) {
  const all = []
  for await (const fate of run(readEvents(Readable.from([Buffer.from(lines.join('\n'))])), { deliver })) {
    all.push(fate)
  }
  return all
}

describe('a run', () => {
  it('says what became of each event, where it stood, and goes on after what could not be read', async () => {
    const [first, broken, last] = ['{"type":"track","n":1}', 'no JSON', '{"type":"track","n":2}']
    const outcomes = [record('delivered'), record('failed', 'Not now.')]

    expect(await fates([first, '', broken, last], async () => outcomes.splice(0, 1))).toEqual([
      { unit: 'line', line: 1, raw: first, outcome: 'delivered', reason: undefined },
      { unit: 'line', line: 3, raw: broken, outcome: 'rejected', reason: expect.stringContaining('JSON') },
      { unit: 'line', line: 4, raw: last, outcome: 'failed', reason: 'Not now.' }
    ])
  })

  it('gives one event after the other, in order', async () => {
    const steps: string[] = []
    const deliver = async ({ event }: SegmentEvent) => {
      steps.push(`${event} starts`)
      await Promise.resolve()
      steps.push(`${event} ends`)
      return [record('delivered')]
    }

    await fates(['{"type":"track","event":"a"}', '{"type":"track","event":"b"}'], deliver)

    expect(steps).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  })

  it('counts an event that no mapping takes as not subscribed', async () => {
    expect(await fates(['{"type":"track"}'], async () => [])).toMatchObject([{ outcome: 'not subscribed' }])
  })

  it('says where the event stands that is tried again, once', async () => {
    const said: unknown[] = []
    const deliver: Runtime['deliver'] = async (_event, { onRetry } = {}) => {
      onRetry?.({ mapping: 'Add', reason: 'Not now.', attempts: 1, wait: 0 })
      onRetry?.({ mapping: 'Add', reason: 'Not yet.', attempts: 2, wait: 0 })
      return [record('delivered')]
    }
    const events = readEvents(Readable.from([Buffer.from('{"type":"track"}\n\n{"type":"track"}')]))

    for await (const fate of run(events, { deliver }, (event, reason) => said.push(event, reason))) {
      expect(fate.outcome).toBe('delivered')
    }

    expect(said).toEqual([{ unit: 'line', line: 1 }, 'Not now.', { unit: 'line', line: 3 }, 'Not now.'])
  })
})
