import { rmSync } from 'node:fs'
import path from 'node:path'
import { createStandIn } from '../../upstream/stand-in'
import { contents, runUpstream } from './run-upstream'

const FIXTURES = path.join(__dirname, '../../fixtures')

let checkout: string

beforeEach(() => {
  checkout = createStandIn()
})

afterEach(() => {
  rmSync(checkout, { recursive: true })
})

describe('what is printed', () => {
  it('ends with what only Segment does, and the text for the pull request', async () => {
    const { stdout } = await runUpstream(checkout)

    expect(stdout).toContain("  register('64d2643196f4937712e54198', './astrolabe')\n")
    expect(stdout.slice(stdout.indexOf('Its text:')).match(/^##+ .*$/gm)).toEqual([
      '## Change Release Safety',
      '### Test Plan',
      '### Deployment Plan',
      '### Verification Plan',
      '### Rollback Plan',
      '### Risk Mitigation',
      '### Change Control Checklist',
      '## Testing',
      '## Security Review',
      '## Feature flag / Rollout',
      '## New Destination Checklist'
    ])
  })

  it('names the fixtures and versions that are there, and leaves no gap', async () => {
    const { stdout } = await runUpstream(checkout)

    expect(stdout).toContain(`- ${Object.keys(contents(FIXTURES)).length} fixtures,`)
    expect(stdout).toContain('TypeScript 5.5.4, jest 27.5.1,')
    expect(stdout).not.toMatch(/[{}]{2}|undefined/)
  })

  it.each([
    ['no directory', [], "error: missing required argument 'dir'"],
    ['two directories', ['a', 'b'], 'error: too many arguments. Expected 1 argument but got 2.'],
    ['an option that is none', ['--force', 'a'], "error: unknown option '--force'"]
  ])('says what is wrong with %s', async (_what, args, sentence) => {
    const { stderr, exitCode } = await runUpstream(...args)

    expect(stderr.split('\n')[0]).toBe(sentence)
    expect(exitCode).toBe(2)
  })

  it('is help where it is asked for', async () => {
    const { stdout, exitCode } = await runUpstream('--help')

    expect(stdout).toMatch(/^Usage: npm run upstream -- \[options\] <dir>\n/)
    expect(exitCode).toBe(0)
  })
})
