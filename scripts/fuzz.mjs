// Runs the property test of `deliver` for longer: npm run fuzz -- --runs 10000 --seed 1
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string' } } })

const { status } = spawnSync('npx', ['jest', '--runInBand', '--coverage=false', 'test/delivery/fuzz'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  env: { ...process.env, FUZZ_RUNS: values.runs, ...(values.seed && { FUZZ_SEED: values.seed }) },
  stdio: 'inherit'
})
process.exitCode = status ?? 1
