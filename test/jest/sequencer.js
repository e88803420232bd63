const { default: Sequencer } = require('@jest/test-sequencer')

/** The longest test files, the longest first. The last to start should be short, or one core waits for the other. */
const LONGEST = [
  'test/cli/deliver/kill.test.ts',
  'test/faults/faults.test.ts',
  'test/cli/deliver/shards.test.ts',
  'test/destinations/astrolabe/properties.test.ts',
  'test/cli/deliver/deliver.test.ts',
  'test/faults/key-check.test.ts',
  'test/cli/process.test.ts',
  'test/contract/broken-rules.test.ts',
  'test/delivery/inputs/read-events.test.ts',
  'test/cli/check/check.test.ts',
  'test/destinations/astrolabe/request-url.test.ts'
]

/** Starts the longest test files first. Jest knows them after a first run; until then it starts the largest first. */
class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests)
    const first = LONGEST.flatMap((file) => sorted.filter(({ path, duration }) => !duration && path.endsWith(file)))
    return [...first, ...sorted.filter((test) => !first.includes(test))]
  }
}

module.exports = LongestFirst
