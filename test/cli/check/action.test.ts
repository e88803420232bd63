import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'yaml'
import { API_KEY, KEY_WITHOUT_PERMISSION, sandbox, serve } from '../../contract/check-sandbox'
import { temporaryFolder } from '../../temporary-folder'
import { runCommandLine } from '../command-line'

interface Step {
  name?: string
  if?: string
  uses?: string
  with?: Record<string, string>
  env?: Record<string, string>
  run?: string
}

interface Action {
  inputs: Record<string, { required?: boolean; default?: string }>
  runs: { steps: Step[] }
}

interface Workflow {
  jobs: Record<string, { steps: Step[]; with?: object; secrets?: object }>
}

interface CallableWorkflow extends Workflow {
  on: { workflow_call: { inputs: object; secrets: object } }
}

const ROOT = path.join(__dirname, '../../..')
const readYaml = <T>(file: string) => parse(readFileSync(path.join(ROOT, file), 'utf8')) as T

const action = readYaml<Action>('action.yml')
const contract = readYaml<CallableWorkflow>('.github/workflows/contract.yml')
const workflows = readdirSync(path.join(ROOT, '.github/workflows')).map((file) =>
  readYaml<Workflow>(`.github/workflows/${file}`)
)
const workflowSteps = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps))

const inFolder = temporaryFolder()

/** The values that a runner gives to expressions such as `${{ inputs.url }}`. */
function evaluate(value: string, inputs: Record<string, string>): string {
  return value.replace(/\$\{\{ (?:(github\.action_path)|inputs\.([\w-]+)) \}\}/g, (_all, _path, input?: string) =>
    input === undefined ? ROOT : (inputs[input] ?? action.inputs[input].default ?? '')
  )
}

/** Runs a step of the action as a runner does, in an empty workspace. */
async function runStep(name: string, inputs: Record<string, string> = {}, PATH = process.env.PATH) {
  const { env = {}, run = '' } = action.runs.steps.find((step) => step.name === name) ?? {}
  await writeFile(inFolder('step.sh'), run)
  await mkdir(inFolder('workspace'))
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', inFolder('step.sh')], {
    cwd: inFolder('workspace'),
    env: {
      PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: inFolder('summary.md'),
      ...Object.fromEntries(Object.entries(env).map(([variable, value]) => [variable, evaluate(value, inputs)]))
    }
  })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>
  ])
  return { stdout, stderr, exitCode }
}

/** Checks an API as a workflow does. */
const check = (inputs: Record<string, string>, api = sandbox()) =>
  serve(api, (url) => runStep('Check the contract', { url, 'api-key': API_KEY, ...inputs }))

describe('the action', () => {
  it('checks the contract, writes JUnit XML and the summary of the job, and shows no key', async () => {
    const result = await check({ 'key-without-permission': KEY_WITHOUT_PERMISSION })

    expect(result).toMatchObject({ stderr: '', exitCode: 0 })
    expect(result.stdout).toContain('documented  19 passed, 0 failed, 1 inconclusive')
    const texts = [
      result.stdout,
      await readFile(inFolder('workspace/contract.xml'), 'utf8'),
      await readFile(inFolder('summary.md'), 'utf8')
    ]
    for (const shown of texts) {
      expect(shown).toContain('good-key')
      expect(shown).not.toContain(API_KEY)
      expect(shown).not.toContain(KEY_WITHOUT_PERMISSION)
    }
  })

  it('fails and annotates the run if the API breaks a rule', async () => {
    const api = sandbox((app) => app.addHook('preHandler', async (_request, reply) => reply.code(200).send({})))
    const { stdout, exitCode } = await check({ rules: 'page\nscreen', junit: 'report.xml' }, api)

    expect(stdout.match(/^::\w+ title=\w+/gm)).toEqual(['::error title=page', '::error title=screen'])
    expect(await readFile(inFolder('workspace/report.xml'), 'utf8')).toContain('page gets 501')
    expect(exitCode).toBe(1)
  })

  it('creates nothing if it is read-only', async () => {
    const { stdout } = await check({ 'read-only': 'true' })

    expect(stdout).toContain('documented  6 passed, 0 failed, 14 inconclusive')
  })

  it.each([
    ['url', '$(touch hacked)'],
    ['url', '"; touch hacked; "'],
    ['api-key', '$(touch hacked):'],
    ['rules', '`touch${IFS}hacked` $(touch hacked) ; touch hacked *'],
    ['wait', '1; touch hacked'],
    ['junit', '$(touch hacked)/a.xml'],
    ['read-only', '"; touch hacked; "', 0]
  ])('runs nothing that the input %s contains: %s', async (input, value, code = 2) => {
    const { exitCode } = await check({ [input]: value, ...(input === 'rules' ? {} : { rules: 'no-key' }) })

    expect(readdirSync(inFolder('workspace'))).toEqual(code === 0 ? ['contract.xml'] : [])
    expect(exitCode).toBe(code)
  })

  it('builds the command in its own folder, and runs no scripts of dependencies', async () => {
    await mkdir(inFolder('bin'))
    await writeFile(inFolder('bin/npm'), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 })
    const { stdout } = await runStep('Build the command', {}, `${inFolder('bin')}:${process.env.PATH}`)

    expect(stdout.split('\n')).toEqual([
      `npm --prefix ${ROOT} ci --ignore-scripts --no-audit --no-fund`,
      `npm --prefix ${ROOT} run --silent build:js`,
      ''
    ])
  })

  it('uploads the file that it writes, even if the check fails', () => {
    expect(action.runs.steps.at(-1)).toMatchObject({ if: 'always()', with: { path: '${{ inputs.junit }}' } })
  })

  it('gets only inputs that it knows, and all that it requires, from the workflow that calls it', () => {
    const [call] = workflowSteps.filter(({ uses }) => uses === './')
    const required = Object.keys(action.inputs).filter((input) => action.inputs[input].required)

    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(call.with ?? {})))
    expect(Object.keys(call.with ?? {})).toEqual(expect.arrayContaining(required))
  })
})

describe('docs/ci.md', () => {
  const page = readFileSync(path.join(ROOT, 'docs/ci.md'), 'utf8')
  const [own, called] = [...page.matchAll(/^```yaml\n([^]+?)^```/gm)].map(([, yaml]) => parse(yaml) as Workflow)

  it('gives the action and the workflow only inputs and secrets that they know', () => {
    const { inputs, secrets } = contract.on.workflow_call
    const { with: given = {}, secrets: givenSecrets = {} } = called.jobs.contract

    expect(Object.keys(action.inputs)).toEqual(
      expect.arrayContaining(Object.keys(own.jobs.contract.steps[0].with ?? {}))
    )
    expect(Object.keys({ ...inputs, ...secrets })).toEqual(
      expect.arrayContaining(Object.keys({ ...given, ...givenSecrets }))
    )
  })

  it('uses only options that the command has', async () => {
    const { stdout } = await runCommandLine(['check', '--help'])
    const commands = page.match(/(?<=^npx astrolabe-segment check ).+/gm) ?? []
    const options = commands.join(' ').match(/--[\w-]+/g)

    expect(options?.filter((option) => !stdout.includes(`${option} `))).toEqual([])
  })
})

describe('every step of the action and the workflows', () => {
  const steps = [...action.runs.steps, ...workflowSteps]

  it('runs a script that contains no expression', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })

  it('uses an action at a commit', () => {
    const uses = steps.flatMap((step) => step.uses ?? []).filter((name) => name !== './')

    expect(uses.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(name))).toEqual([])
  })
})
