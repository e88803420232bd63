import type { Readable } from 'node:stream'
import type { DeliveryOptions } from '../../delivery/delivery'
import type { Input } from '../../delivery/inputs/find-inputs'
import { outputFiles } from '../../delivery/output-files'
import type { Shard } from '../../delivery/shard'
import { createKeysOf, timeOf } from '../../catalog'
import { createRuntime } from '../../runtime'
import { resolveTarget, startSandboxTarget } from '../target'
import type { Target } from '../target'
import { UsageError } from '../terminal'
import { readFilters, readMappings } from '../configuration'
import type { Filters, Mappings } from '../configuration'
import { useProxy } from '../proxy'
import { withoutSending } from './dry-run'
import { resolveFrom, resolveInputs } from './inputs'
import { batchSizeOf } from './options'
import type { DeliverOptions } from './options'
import { checkOutputs, withoutOutputs } from './outputs'
import { resolveShard } from './shard'

export interface Plan {
  target: Target
  delivery: DeliveryOptions
  /** Names of files in the inputs' folders that are not delivered, because the run writes them. */
  leftOut: string[]
  /** Absent without `--filters`. */
  filters?: Filters
  /** What is probably not meant, to be said before the first event. */
  warnings: string[]
}

/**
 * Everything that can be known before the first event: target, inputs, mappings, filters, limits.
 *
 * @throws UsageError if the command asks for something that can't be done
 */
export async function planDelivery(paths: string[], options: DeliverOptions, openStdin: () => Readable): Promise<Plan> {
  checkOptions(options)
  const outputs = outputFiles(options)
  await checkOutputs(outputs)
  const found = await resolveInputs(paths, openStdin)
  const { inputs, leftOut } = await withoutOutputs(found, outputs, [...paths, options.mappings, options.filters])
  checkInputs(inputs, options)
  const shard = resolveShard(options)
  const from = resolveFrom(options.from, inputs)
  const mappings = options.mappings === undefined ? undefined : await readMappings(options.mappings)
  const filters = options.filters === undefined ? undefined : await readFilters(options.filters)
  const target = options.apiKey ? resolveTarget(options.apiKey) : await startSandboxTarget()
  await useProxy(target.url)
  const runtime = createRuntime({
    definition: target.definition,
    settings: target.settings,
    subscriptions: mappings?.subscriptions,
    integrations: options.ignoreIntegrations ? 'ignore' : 'follow',
    filters: filters?.filters
  })
  const { since, until, limit, concurrency, retries, maxOutage, rate, undelivered, report, checkpoint } = options
  return {
    target,
    leftOut,
    filters,
    warnings: [mappings?.warnings ?? [], filters?.warnings ?? []].flat(),
    delivery: {
      inputs,
      runtime: options.dryRun ? withoutSending(runtime) : runtime,
      keysOf: createKeysOf(runtime.mappings),
      selection: {
        from,
        limit,
        shard,
        period: since === undefined && until === undefined ? undefined : { since, until, timeOf }
      },
      concurrency,
      retries,
      maxOutage,
      rate: rate && rate / (shard?.count ?? 1),
      batchSize: batchSizeOf(options),
      undelivered,
      report: report === undefined ? undefined : { file: report, content: options.reportAll ? 'all' : 'undelivered' },
      checkpoint:
        checkpoint === undefined
          ? undefined
          : { file: checkpoint, options: lastingOptions(options, target, shard, { mappings, filters }) }
    }
  }
}

function checkOptions(options: DeliverOptions): void {
  const { apiKey, since, until, checkpoint, report, reportAll, show, dryRun, json } = options
  if (apiKey?.trim() === '') {
    // Not the sandbox: whoever names a key, and be it by an unset secret in CI, means Astrolabe.
    throw new UsageError('The API key is empty. Leave it out altogether to deliver to the sandbox.')
  }
  if (!apiKey && process.env.ASTROLABE_INGEST_URL) {
    throw new UsageError(
      'ASTROLABE_INGEST_URL is set, but there is no key for it: add --api-key or ASTROLABE_API_KEY. Unset the URL to deliver to the sandbox in this process.'
    )
  }
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since must be earlier than --until.')
  }
  if (reportAll && report === undefined) {
    throw new UsageError('--report-all needs --report FILE.')
  }
  if (show && (apiKey || dryRun || json)) {
    throw new UsageError(
      '--show prints what the sandbox in this process holds: leave out the API key, --dry-run and --json.'
    )
  }
  if (dryRun && checkpoint !== undefined) {
    throw new UsageError('A dry run has no progress to record: leave out --checkpoint.')
  }
}

function checkInputs(inputs: Input[], { checkpoint }: DeliverOptions): void {
  const pipe = inputs.find(({ stored }) => !stored)
  if (pipe && checkpoint !== undefined) {
    throw new UsageError(`--checkpoint needs files: ${pipe.name} can be read only once.`)
  }
}

/** Options that decide which events are delivered and to which API. A run that resumes must not change them. */
function lastingOptions(
  { since, until, limit, from, ignoreIntegrations }: DeliverOptions,
  { url, isSandbox }: Target,
  shard: Shard | undefined,
  { mappings, filters }: { mappings?: Mappings; filters?: Filters }
): Record<string, string> {
  const all: Record<string, string | number | undefined> = {
    API: isSandbox ? 'the sandbox in the process' : url,
    '--since': since && new Date(since).toISOString(),
    '--until': until && new Date(until).toISOString(),
    '--limit': limit,
    '--from': from && `${from.file}:${from.line}`,
    '--ignore-integrations': ignoreIntegrations && 'on',
    '--mappings': mappings && `of hash ${mappings.hash}`,
    '--filters': filters && `of hash ${filters.hash}`,
    '--shard-index': shard?.index,
    '--shard-count': shard?.count
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  )
}
