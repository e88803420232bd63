import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { temporaryFolder } from '../temporary-folder'
import { deliver, numbered } from './deliver'
import { DELIVERED } from './receiver'
import { VirtualClock } from './virtual-clock'

const file = temporaryFolder()

const options = () => ({ lines: numbered(3), checkpoint: { file: file('checkpoint'), options: {} } })

/** The lock of a run that has not ended. */
async function lockOfRun(): Promise<Record<string, unknown>> {
  let text = ''
  await deliver({ ...options(), onStart: () => (text = readFileSync(file('checkpoint.lock'), 'utf8')) })
  return JSON.parse(text) as Record<string, unknown>
}

describe('a checkpoint that another run uses', () => {
  it('stops the second run, which names the process, and not the first', async () => {
    let second: Promise<unknown> = Promise.resolve()
    const first = await deliver({
      ...options(),
      respond: ({ messageId }) => {
        if (messageId === '2') {
          second = deliver(options()).catch((error: unknown) => error)
        }
        return DELIVERED
      },
      latency: 500
    })

    expect(await second).toMatchObject({
      name: 'CheckpointInUseError',
      message: `The checkpoint ${file('checkpoint')} is in use by process ${process.pid} on ${hostname()}. Wait until that run ends, or name another file.`
    })
    expect(first.sent).toEqual(['1', '2', '3'])
    expect(existsSync(file('checkpoint.lock'))).toBe(false)
  })

  it('is in use as long as a process of another machine gives signs of life', async () => {
    writeFileSync(
      file('checkpoint.lock'),
      JSON.stringify({ ...(await lockOfRun()), pid: 1, host: 'pod-1', machine: '' })
    )
    const clock = new VirtualClock()
    clock.after(9_000, () => utimesSync(file('checkpoint.lock'), 1, 1))

    await expect(deliver({ ...options(), clock })).rejects.toThrow('is in use by process 1 on pod-1.')
    expect(existsSync(file('checkpoint.lock'))).toBe(true)
  })

  it('stops the first run before its next checkpoint, if the second had to take it for dead', async () => {
    const other = JSON.stringify({ ...(await lockOfRun()), pid: 1, host: 'pod-1' })
    const { checkpoint } = options()
    const { summary, sent } = await deliver({
      checkpoint: { ...checkpoint, file: file('other') },
      lines: numbered(5),
      latency: 600,
      respond: ({ messageId }) => {
        if (messageId === '1') {
          writeFileSync(file('other.lock'), other)
        }
        return DELIVERED
      }
    })

    expect(summary.stopReason).toMatchObject({
      kind: 'error',
      error: { message: `process 1 on pod-1 has taken over the checkpoint ${file('other')}.` }
    })
    expect(sent).toEqual(['1', '2'])
    expect(readFileSync(file('other.lock'), 'utf8')).toBe(other)
  })
})

describe('the lock that a crash leaves behind', () => {
  it.each<[of: string, change: (lock: Record<string, unknown>) => unknown, waited: number]>([
    ['a process that has ended', (lock) => ({ ...lock, pid: spawnSync(process.execPath, ['-v']).pid }), 0],
    ['a process whose ID another one has now', (lock) => ({ ...lock, startedAt: '1' }), 0],
    ['an earlier start of the machine', (lock) => ({ ...lock, machine: 'before' }), 10_000],
    ['a container that is gone', (lock) => ({ ...lock, pid: 1, host: 'pod-1', machine: 'pod-1' }), 10_000],
    ['a process that had not written it', () => '', 10_000]
  ])('holds up nobody: of %s', async (_what, change, waited) => {
    const lock = change(await lockOfRun())
    writeFileSync(file('other.lock'), lock === '' ? '' : JSON.stringify(lock))
    const clock = new VirtualClock()

    const { sent, notices } = await deliver({
      lines: numbered(3),
      checkpoint: { file: file('other'), options: {} },
      clock,
      onStart: () => expect(clock.now()).toBe(waited)
    })

    expect(sent).toEqual(['1', '2', '3'])
    expect(notices.some(({ kind }) => kind === 'locked')).toBe(waited > 0)
    expect(existsSync(file('other.lock'))).toBe(false)
  })
})
