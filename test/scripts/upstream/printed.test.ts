import { rmSync, writeFileSync } from 'node:fs'
import { runUpstream, temporaryCheckout } from './run-upstream'

const checkout = temporaryCheckout()

const text = (stdout: string) => stdout.slice(stdout.indexOf('Its text:')).replace('Its text:\n\n', '')
const headings = (stdout: string) => text(stdout).match(/^##+ .*$/gm) ?? []

describe('what is printed', () => {
  it('says that only Segment registers the ID', async () => {
    const { stdout } = await runUpstream(checkout())

    expect(stdout).toContain("  register('64d2643196f4937712e54198', './astrolabe')\n")
  })

  it("follows the checkout's template for pull requests, without its prompts", async () => {
    const { stdout } = await runUpstream(checkout())

    expect(headings(stdout)).toEqual([
      '## Change Release Safety',
      '### Test Plan',
      '### Rollback Plan',
      '### A Heading of Next Year',
      '## Testing',
      '## Security Review'
    ])
    expect(text(stdout)).not.toMatch(/<!--|tells\n|A prompt in italics|What was tested/)
    expect(text(stdout)).toContain('### Rollback Plan\n\nRevert the commit that registers the ID')
  })

  it('ticks the tasks that are done, and no others', async () => {
    const { stdout } = await runUpstream(checkout())

    expect(stdout.match(/^- \[.\] .*$/gm)).toEqual([
      '- [ ] A task of next year',
      '- [x] Added [unit tests](https://example.com/testing.md) for new functionality',
      '- [ ] [Segmenters] Tested in the staging environment',
      '- [x] **Reviewed all field definitions** for sensitive data'
    ])
  })

  it('describes the tests under the only heading of an older template', async () => {
    writeFileSync(checkout('.github/PULL_REQUEST_TEMPLATE.md'), '_A summary._\n\n## Testing\n')

    const { stdout } = await runUpstream(checkout())

    expect(headings(stdout)).toEqual(['## Testing'])
    expect(text(stdout)).toMatch(/## Testing\n\n- \d+ cases in JSON fixtures/)
  })

  it('is a summary if the checkout has no template', async () => {
    rmSync(checkout('.github'), { recursive: true })

    const { stdout } = await runUpstream(checkout())

    expect(headings(stdout)).toEqual([])
    expect(text(stdout)).toMatch(/^Adds a destination for \[Astrolabe\]/)
  })

  it('names the versions of the checkout and of the tests, and leaves no gap', async () => {
    const { stdout } = await runUpstream(checkout())

    expect(stdout).toContain(
      '- Versions that this repository names: `@segment/actions-core` 3.177.0, jest ^27.3.1, nock ^13.1.4.\n'
    )
    expect(stdout).toContain('TypeScript 5.5.4, jest 27.5.1,')
    expect(stdout).not.toMatch(/[{}]{2}|undefined/)
  })

  it.each([
    ['no directory', [], "error: missing required argument 'dir'"],
    ['two directories', ['a', 'b'], 'error: too many arguments. Expected 1 argument but got 2.'],
    ['an unknown option', ['--force', 'a'], "error: unknown option '--force'"]
  ])('says what is wrong with %s', async (_what, args, sentence) => {
    const { stderr, exitCode } = await runUpstream(...args)

    expect(stderr.split('\n')[0]).toBe(sentence)
    expect(exitCode).toBe(2)
  })

  it('is help with --help', async () => {
    const { stdout, exitCode } = await runUpstream('--help')

    expect(stdout).toMatch(/^Usage: npm run upstream -- \[options\] <dir>\n/)
    expect(exitCode).toBe(0)
  })
})
