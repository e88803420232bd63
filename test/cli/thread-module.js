/** A module for `runInThread`: its arguments name what it does with its terminal. */
const { Buffer } = require('node:buffer')
const { clearInterval, setInterval } = require('node:timers')
const { resourceLimits } = require('node:worker_threads')
const { require: requireTypeScript } = require('tsx/cjs/api')
const { painter } = requireTypeScript('../../src/cli/color.ts', module.filename)
const { terminalOfThread } = requireTypeScript('../../src/cli/thread.ts', module.filename)

const actions = {
  alternate({ stdout, stderr }) {
    stdout.write('1')
    stdout.write('2')
    stderr.write('3')
    stdout.write(Buffer.from('4'))
  },
  describe({ stdout, stderr }) {
    const outputs = [stdout, stderr].map(({ isTTY, columns }) => ({ isTTY, columns }))
    stdout.write(JSON.stringify([...outputs, resourceLimits.maxYoungGenerationSizeMb]))
  },
  paint({ stdout, stderr }) {
    for (const output of [stdout, stderr]) {
      output.write(painter(output, {})('green', 'x'))
    }
  },
  async waitForStops({ stdout, untilStopped }) {
    const work = setInterval(() => undefined, 1000)
    const stopped = untilStopped()
    stdout.write('waiting')
    await stopped
    stdout.write(', stopped')
    await untilStopped()
    stdout.write(', stopped')
    clearInterval(work)
  },
  ignoreStops({ untilStopped }) {
    void untilStopped()
  },
  exit({ stdout, exit }) {
    stdout.write('before')
    exit(130)
    stdout.write('after')
  },
  fail() {
    throw new Error('Not caught.')
  }
}

for (const action of process.argv.slice(2)) {
  void actions[action](terminalOfThread())
}
