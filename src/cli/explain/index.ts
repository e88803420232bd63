import type { Command } from 'commander'
import { createRuntime } from '../../runtime'
import { painter } from '../color'
import { readFilters, readMappings } from '../configuration'
import { describeFilters } from '../summary'
import { resolveTarget } from '../target'
import type { Terminal } from '../terminal'
import { explainEvents } from './explain-events'
import type { Explanation } from './explain-events'
import { formatExplanation } from './format-explanation'
import { Groups } from './groups'

interface ExplainOptions {
  mappings?: string
  filters?: string
  all?: true
  json?: true
}

/** More events than this are grouped. */
const FEW_EVENTS = 10

/** Stands in the request for the user's key, and is masked there. */
const ANY_KEY = 'explain-needs-no-key'

export function addExplainCommand(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('Explain why an event does not arrive. Sends nothing and needs no key.')
    .argument('<path>', 'NDJSON, a JSON array or one JSON event, gzip or not; s3://bucket/key; - reads standard input')
    .option('--mappings <file>', "your own mappings, as Segment's Public API lists them (default: the presets)")
    .option('--filters <file>', "your destination's filters, as Segment's Public API lists them (default: none)")
    .option('--all', `explain every event (default: more than ${FEW_EVENTS} are grouped by reason)`)
    .option('--json', 'print one JSON object per event')
    .action((path: string, options: ExplainOptions) => explain(path, options, terminal))
}

/** Exit code 1 if any event would be rejected. */
async function explain(path: string, options: ExplainOptions, terminal: Terminal): Promise<void> {
  const own = options.mappings === undefined ? undefined : await readMappings(options.mappings)
  const filters = options.filters === undefined ? undefined : await readFilters(options.filters)
  const warnings = [own?.warnings ?? [], filters?.warnings ?? []].flat()
  if (filters && filters.disabled > 0) {
    warnings.push(describeFilters(filters))
  }
  terminal.stderr.write(warnings.map((warning) => `${warning}\n`).join(''))
  const { definition, settings } = resolveTarget(ANY_KEY)
  const runtime = createRuntime({ definition, settings, subscriptions: own?.subscriptions, filters: filters?.filters })
  const paint = painter(terminal.stdout)
  const columns = terminal.stdout.columns ?? Infinity
  const groups = new Groups()
  const first: Explanation[] = []
  let count = 0
  for await (const explanation of explainEvents(path, () => terminal.stdin, runtime)) {
    if (options.json) {
      terminal.stdout.write(`${JSON.stringify(explanation)}\n`)
    } else if (options.all) {
      terminal.stdout.write(`${count > 0 ? '\n' : ''}${formatExplanation(explanation, paint, columns)}`)
    } else {
      groups.add(explanation)
      first.push(...(count < FEW_EVENTS ? [explanation] : []))
    }
    count++
    if (explanation.verdict === 'rejected') {
      terminal.exitCode = 1
    }
  }
  if (count === 0) {
    terminal.stderr.write('The input holds no events.\n')
  } else if (count > FEW_EVENTS && !options.json && !options.all) {
    terminal.stdout.write(groups.format(paint, columns))
  } else {
    terminal.stdout.write(first.map((explanation) => formatExplanation(explanation, paint, columns)).join('\n'))
  }
}
