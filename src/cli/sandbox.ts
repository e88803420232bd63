import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { startSandbox } from '../sandbox/start'
import { UsageError } from './terminal'
import type { Terminal } from './terminal'

interface SandboxOptions {
  port: number
  batch: boolean
}

export function addSandboxCommand(program: Command, terminal: Terminal): void {
  program
    .command('sandbox')
    .description("Serve Astrolabe's ingest API on this machine, as far as it is known, until stopped with Ctrl+C.")
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes any that is free', parsePort, 4010)
    .option('--no-batch', 'leave out the batch endpoint, which is assumed, and serve only what is documented')
    .action((options: SandboxOptions) => serve(options, terminal))
}

async function serve({ port, batch }: SandboxOptions, { stdout, untilStopped }: Terminal): Promise<void> {
  const { url, apiKey, close } = await startSandbox({ port, batch }).catch(
    ({ code, message }: NodeJS.ErrnoException) => {
      throw new UsageError(code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another with --port.` : message)
    }
  )
  const stopped = untilStopped()
  stdout.write(`Astrolabe's sandbox serves ${url}

Deliver events to it:
  export ASTROLABE_INGEST_URL=${url} ASTROLABE_API_KEY=${apiKey}
  npx astrolabe-segment deliver examples/events.ndjson

See what it holds (users, accounts or events):
  curl -u ${apiKey}: ${url}/users

Stop it with Ctrl+C: it forgets everything then.
`)
  await stopped
  await close()
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  }
  return port
}
