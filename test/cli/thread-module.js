/** A module for `runInThread`: its arguments name what it does with its terminal. */
const { Buffer } = require('node:buffer')
const { resourceLimits } = require('node:worker_threads')
const { require: requireTypeScript } = require('tsx/cjs/api')
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
  async waitForStops({ stdout, untilStopped }) {
    const stopped = untilStopped()
    stdout.write('waiting')
    await stopped
    stdout.write(', stopped')
    await untilStopped()
    stdout.write(', stopped')
  },
  // The event loop has nothing else to wait for.
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
