import { InvalidArgumentError } from 'commander'
import { RULES } from '../../contract/rules'
import { closest } from '../../runtime'
import type { Output } from '../output'
import { renderTable } from '../table'

/** Adds the argument of `--rule` to those of earlier ones. */
export function collectRule(id: string, ids: string[] = []): string[] {
  const known = RULES.map((rule) => rule.id)
  if (!known.includes(id)) {
    const nearest = closest(id, known)
    throw new InvalidArgumentError(
      nearest === undefined ? '--list-rules lists the rules.' : `Did you mean "${nearest}"? --list-rules lists all.`
    )
  }
  return [...ids, id]
}

/** Writes a table with a line per rule. On a terminal, lines wrap. */
export function listRules(stdout: Output): void {
  const rows = RULES.map(({ id, source, title }) => [id, source, title])
  stdout.write(`${renderTable(['Rule', 'Source', 'Title'], rows, stdout.columns ?? Infinity)}\n`)
}
