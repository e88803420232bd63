/**
 * Writes `docs/openapi.yaml`, the contract of Astrolabe's ingest API, from the routes of the sandbox and their schemas.
 * With `--check` it writes nothing and exits with 1 if the file is stale.
 */
import { buildSandbox } from '../src/sandbox/build'
import { writeOrCheck } from './write-or-check'

async function main(): Promise<void> {
  const app = buildSandbox({ docs: true })
  await app.ready()
  writeOrCheck({ 'docs/openapi.yaml': `${NOTICE}${app.swagger({ yaml: true })}` }, 'npm run openapi')
  await app.close()
}

const NOTICE = '# Generated from the routes in src/sandbox by `npm run openapi`. Not to be edited by hand.\n'

void main()
