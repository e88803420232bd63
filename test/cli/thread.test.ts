import { EventEmitter, once } from 'node:events'
import path from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { runInThread } from '../../src/cli/thread'

const MODULE = path.join(__dirname, 'thread-module.js')

function start(action: string, untilStopped: () => Promise<unknown> = () => new Promise(() => undefined)) {
  let text = ''
  const written = new EventEmitter()
  const output = (screen: object) => {
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString()
        done()
        written.emit('text')
      }
    })
    return Object.assign(stream, screen)
  }
  const exitCode = runInThread(
    MODULE,
    [action],
    { maxYoungGenerationSizeMb: 24 },
    {
      stdin: new PassThrough(),
      stdout: output({ isTTY: true, columns: 72 }),
      stderr: output({}),
      untilStopped,
      exit: () => undefined
    }
  )
  return { exitCode, written, read: () => text }
}

describe('a module in a thread', () => {
  it('writes to both outputs in its order', async () => {
    const { exitCode, read } = start('alternate')

    expect(await exitCode).toBe(0)
    expect(read()).toBe('1234')
  })

  it('knows which output is a terminal, and has its own limit of memory', async () => {
    const { exitCode, read } = start('describe')

    expect(await exitCode).toBe(0)
    expect(JSON.parse(read())).toEqual([{ isTTY: true, columns: 72 }, {}, 24])
  })

  it('paints what is shown on a terminal', async () => {
    const { exitCode, read } = start('paint')

    expect(await exitCode).toBe(0)
    expect(read()).toBe('\u001b[32mx\u001b[39mx')
  })

  it('learns each time that the user wants it to stop', async () => {
    const user = new EventEmitter()
    const { exitCode, written, read } = start('waitForStops', () => once(user, 'stop'))
    await once(written, 'text')
    user.emit('stop')
    await once(written, 'text')

    expect(read()).toBe('waiting, stopped')

    user.emit('stop')

    expect(await exitCode).toBe(0)
    expect(read()).toBe('waiting, stopped, stopped')
  })

  it('learns of a stop that comes before it asks for the next', async () => {
    const user = new EventEmitter()
    const { exitCode, written, read } = start('waitForStops', () => once(user, 'stop'))
    await once(written, 'text')
    user.emit('stop')
    // The thread is slower than that.
    await setImmediate()
    user.emit('stop')

    expect(await exitCode).toBe(0)
    expect(read()).toBe('waiting, stopped, stopped')
  })

  it('ends while it waits for the user', async () => {
    const { exitCode } = start('ignoreStops')

    expect(await exitCode).toBe(0)
  })

  it('ends at once with an exit code of its own, after what it has written', async () => {
    const { exitCode, read } = start('exit')

    expect(await exitCode).toBe(130)
    expect(read()).toBe('before')
  })

  it('throws what it does not catch', async () => {
    await expect(start('fail').exitCode).rejects.toThrow('Not caught.')
  })
})
