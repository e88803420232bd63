import fs from 'node:fs'
import fc from 'fast-check'
import { createKeysOf, destination } from '../../../src/catalog'
import { Delivery } from '../../../src/delivery/delivery'
import { createRuntime } from '../../../src/runtime'
import type { Runtime } from '../../../src/runtime'
import { temporaryFolder } from '../../temporary-folder'
import { inputOf } from '../deliver'
import { watchDisk } from '../disk'
import type { WatchedDisk } from '../disk'
import { VirtualClock } from '../virtual-clock'
import { brokenPromises } from './broken-promises'
import { FakeAstrolabe } from './fake-astrolabe'
import { indexOf, linesOf, MAPPINGS, scenario } from './scenario'
import type { Interruption, Scenario } from './scenario'

/** `npm run fuzz` sets both. fast-check prints the seed of a failure. */
const { FUZZ_RUNS = '200', FUZZ_SEED } = process.env

/** For all cases, and to reduce a failure to its smallest case. In milliseconds. */
const TIME_LIMIT = 60_000 + Number(FUZZ_RUNS) * 1000

/** Faults and interruptions together stop fewer runs. */
const MAX_RUNS = 40

/** Milliseconds between two runs. */
const PAUSE = 60_000

const file = temporaryFolder()
const OUTPUTS = ['checkpoint', 'checkpoint.new', 'undelivered', 'report']
const runtimes = new Map<string, Runtime>()
let disk: WatchedDisk
let mockReceive: (request: Request) => Promise<Response>

jest.mock('cross-fetch', () => ({
  ...jest.requireActual<object>('cross-fetch'),
  __esModule: true,
  default: (request: Request) => mockReceive(request)
}))

beforeEach(() => {
  disk = watchDisk()
  // Without jitter, a seed leads to the same case again.
  jest.spyOn(Math, 'random').mockReturnValue(0)
})

afterEach(() => jest.restoreAllMocks())

describe('any events, mappings, faults, stops and crashes', () => {
  it(
    'lose no event, keep the order of each key, and count each event and its reason once',
    async () => {
      const seed = FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }
      const property = fc.asyncProperty(scenario, async (each) => expect(await violationsOf(each)).toEqual([]))

      await fc.assert(property, {
        numRuns: Number(FUZZ_RUNS),
        interruptAfterTimeLimit: TIME_LIMIT,
        markInterruptAsFailure: true,
        ...seed
      })
    },
    TIME_LIMIT + 30_000
  )
})

/** Runs until nothing is left, and returns a sentence for each broken promise. */
async function violationsOf(each: Scenario): Promise<string[]> {
  const clock = new VirtualClock()
  const settled: Set<number>[] = []
  let onMoment: () => void
  const astrolabe = new FakeAstrolabe({
    ...each,
    clock,
    onMoment: () => onMoment(),
    isSettled: (run, line) => settled[run].has(line)
  })
  mockReceive = (request) => astrolabe.receive(request)
  let writes = 0
  disk.beforeWrite = async () => {
    for (let turns = each.writes[writes++ % each.writes.length]; turns > 0; turns--) {
      await new Promise(setImmediate)
    }
  }
  disk.onReplace = () => onMoment()
  disk.onSync = async () => onMoment()
  disk.replaced.length = 0
  restore([])

  for (let run = 0; run < MAX_RUNS; run++) {
    const lines = new Set<number>()
    settled.push(lines)
    astrolabe.startRun()
    onMoment = () => undefined
    const delivery = await clock.run(open(each, clock, (line) => lines.add(line)))
    let crashed: OutputFile[] | undefined
    onMoment = at(each.interruptions?.[run], (kind) => {
      if (kind === 'crash') {
        crashed = snapshot()
        astrolabe.endRun()
      }
      delivery.stop()
    })
    const { stopReason, tally } = await clock.run(delivery.deliver())
    // Whoever starts the next one needs a moment.
    await clock.run(clock.sleep(PAUSE))
    if (crashed) {
      restore(crashed)
    } else if (!stopReason || !each.interruptions) {
      const broken = brokenPromises(each, {
        astrolabe,
        tally,
        report: linesIn('report'),
        undelivered: linesIn('undelivered')
      })
      return [...astrolabe.violations, ...broken]
    }
  }
  // Before its first delivery, no run can tell an event that is always at fault from an API that always fails.
  return each.broken === undefined ? ['It never ends.'] : astrolabe.violations
}

async function open(each: Scenario, clock: VirtualClock, onSettled: (line: number) => void): Promise<Delivery> {
  const { split, readSize, batchSize, concurrency, retries, maxOutage, interruptions } = each
  const lines = linesOf(each)
  const runtime = runtimeFor(each)
  return Delivery.open({
    inputs: [inputOf(lines.slice(0, split), 'first', readSize), inputOf(lines.slice(split), 'second', readSize)],
    runtime,
    keysOf: createKeysOf(runtime.mappings),
    batchSize,
    concurrency,
    retries,
    maxOutage,
    clock,
    undelivered: file('undelivered'),
    report: { file: file('report'), content: 'all' },
    checkpoint: interruptions && { file: file('checkpoint'), options: {} },
    notify: (notice) => {
      if (notice.kind === 'settled') {
        onSettled(indexOf(each, notice.result))
      }
    }
  })
}

/** Made once for each set of mappings, because that takes longer than a run. */
function runtimeFor({ mappings }: Scenario): Runtime {
  let runtime = runtimes.get(mappings)
  if (!runtime) {
    const subscriptions = [...MAPPINGS[mappings]]
    runtime = createRuntime({ definition: destination, settings: { apiKey: 'fake-key' }, subscriptions })
    runtimes.set(mappings, runtime)
  }
  return runtime
}

/** Counts moments, and calls back at the one of the interruption. */
function at(interruption: Interruption | undefined, interrupt: (kind: Interruption['kind']) => void): () => void {
  let moment = 0
  return () => {
    if (interruption && moment++ === interruption.moment) {
      interrupt(interruption.kind)
    }
  }
}

type OutputFile = [name: string, content: Buffer]

/** What a crash leaves behind: the checkpoint is older than the files that it belongs to. */
function snapshot(): OutputFile[] {
  return OUTPUTS.filter((name) => fs.existsSync(file(name))).map((name) => [name, fs.readFileSync(file(name))])
}

function restore(files: OutputFile[]): void {
  OUTPUTS.forEach((name) => fs.rmSync(file(name), { force: true }))
  files.forEach(([name, content]) => fs.writeFileSync(file(name), content))
}

function linesIn(name: string): string[] {
  return fs.existsSync(file(name)) ? fs.readFileSync(file(name), 'utf8').split('\n').slice(0, -1) : []
}
