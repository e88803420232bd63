import type { Command } from 'commander'
import { createRuntime } from '../../runtime'
import { painter } from '../color'
import { readMappings } from '../mappings'
import { resolveTarget } from '../target'
import type { Terminal } from '../terminal'
import { explainEvents } from './explain-events'
import { formatExplanation } from './format-explanation'

interface ExplainOptions {
  mappings?: string
  json?: true
}

/** Stands in the request for the user's key, and is masked there. */
const ANY_KEY = 'explain-needs-no-key'

export function addExplainCommand(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('Explain why an event does not arrive. Sends nothing and needs no key.')
    .argument('<path>', 'NDJSON, a JSON array or one JSON event, gzip or not; - reads standard input')
    .option('--mappings <file>', "your own mappings, as Segment's Public API lists them (default: the presets)")
    .option('--json', 'print one JSON object per event')
    .action((path: string, options: ExplainOptions) => explain(path, options, terminal))
}

/** Exit codes as of `deliver`: 1 if any event would be rejected. */
async function explain(path: string, { mappings, json }: ExplainOptions, terminal: Terminal): Promise<void> {
  const own = mappings === undefined ? undefined : await readMappings(mappings)
  terminal.stderr.write((own?.warnings ?? []).map((warning) => `${warning}\n`).join(''))
  const { definition, settings } = resolveTarget(ANY_KEY)
  const runtime = createRuntime({ definition, settings, subscriptions: own?.subscriptions })
  const paint = painter(terminal.stdout)
  let count = 0
  for await (const explanation of explainEvents(path, () => terminal.stdin, runtime)) {
    const text = json
      ? `${JSON.stringify(explanation)}\n`
      : formatExplanation(explanation, paint, terminal.stdout.columns ?? Infinity)
    terminal.stdout.write(!json && count > 0 ? `\n${text}` : text)
    count++
    if (explanation.verdict === 'rejected') {
      terminal.exitCode = 1
    }
  }
  if (count === 0) {
    terminal.stderr.write('The input holds no events.\n')
  }
}
