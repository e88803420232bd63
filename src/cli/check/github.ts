import { appendFile } from 'node:fs/promises'
import { markdownTable } from 'markdown-table'
import type { RuleResult } from '../../contract/check-contract'
import type { Report } from '../../contract/report'
import type { Output } from '../output'
import { cannotWrite } from '../terminal'
import { conclusion, describeCurl } from './report'

/**
 * In a step of GitHub Actions, annotates the run with each failed rule and adds a table to the job's summary. A failed
 * assumed rule is a warning, because only a failed documented rule makes the exit code 1.
 *
 * @param log is read by GitHub's runner
 */
export async function reportToGitHub(report: Report, log: Output, environment = process.env): Promise<void> {
  const { GITHUB_STEP_SUMMARY: file } = environment
  if (!isGitHub(environment)) {
    return
  }
  log.write(report.failed.map(describeFailure).join(''))
  if (file) {
    await appendFile(file, summarize(report)).catch(cannotWrite(file))
  }
}

/** In a step of GitHub Actions, annotates the run with the reason why there is no report. */
export function annotateUnchecked(reason: string, log: Output, environment = process.env): void {
  if (isGitHub(environment)) {
    log.write(annotate('error', 'The API was not checked', reason))
  }
}

function isGitHub({ GITHUB_ACTIONS }: NodeJS.ProcessEnv): boolean {
  return GITHUB_ACTIONS === 'true'
}

function describeFailure({ rule, reason, curl }: RuleResult): string {
  const level = rule.source === 'documented' ? 'error' : 'warning'
  return annotate(level, `${rule.id}: ${rule.title}`, [reason, ...describeCurl(curl)].join('\n'))
}

/** A command of GitHub's runner: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotate(level: 'error' | 'warning', title: string, message: string): string {
  const property = escapeData(title).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::${level} title=${property}::${escapeData(message)}\n`
}

/** As the runner's toolkit does: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function summarize(report: Report): string {
  const rows = [...report.from('documented'), ...report.from('assumed')].map(({ rule, verdict, reason }) =>
    [rule.id, rule.source, verdict, rule.title, reason].map(escapeMarkdown)
  )
  const commands = report.failed.flatMap(({ rule, curl }) => (curl === undefined ? [] : [`# ${rule.id}\n${curl}`]))
  return [
    "## Contract of Astrolabe's ingest API",
    conclusion(report),
    markdownTable([['Rule', 'Source', 'Result', 'Title', 'Reason'], ...rows]),
    ...(commands.length > 0 ? ['Reproduce the failures:', `\`\`\`sh\n${commands.join('\n')}\n\`\`\``] : [])
  ]
    .map((part) => `${part}\n\n`)
    .join('')
}

function escapeMarkdown(text: string): string {
  return text
    .trim()
    .replace(/[\\`*_[\]<>|]/g, String.raw`\$&`)
    .replaceAll('\n', ' ')
}
