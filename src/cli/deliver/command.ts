import type { Command } from 'commander'

/** Files that a command creates, and that a second command must not find. */
const NEW_FILES = ['--undelivered', '--report']

/**
 * The command that delivers again, ready to be pasted into a shell.
 *
 * @param args of the command so far, without `deliver`; an API key among them is replaced by its variable
 * @param change `from` replaces `--from`; new files get other names then
 */
export function toCommand(args: string[], change: { from?: string } = {}): string {
  const words: string[] = []
  for (let index = 0; index < args.length; index++) {
    const [name, inline] = splitOption(args[index])
    const value = inline ?? args[index + 1]
    if (name === '--api-key') {
      words.push(name, '"$ASTROLABE_API_KEY"')
    } else if (name === '--from' && change.from) {
      // Replaced below.
    } else if (NEW_FILES.includes(name) && change.from) {
      words.push(name, quote(withSuffix(value)))
    } else {
      words.push(quote(args[index]))
      continue
    }
    index += inline === undefined ? 1 : 0
  }
  const from = change.from ? ['--from', quote(change.from)] : []
  return ['npx astrolabe-segment deliver', ...from, ...words].join(' ')
}

export function argumentsOf({ rawArgs }: Command & { rawArgs?: string[] }): string[] {
  return (rawArgs ?? []).slice(1)
}

/** A path that follows `--batch` is not its size, so the default size is written out for commander. */
export function withBatchSize(args: string[], size: number): string[] {
  return args.map((arg, index) => (arg === '--batch' && !/^\d+$/.test(args[index + 1] ?? '') ? `--batch=${size}` : arg))
}

function splitOption(arg: string): [name: string, value: string | undefined] {
  const equals = arg.startsWith('--') ? arg.indexOf('=') : -1
  return equals === -1 ? [arg, undefined] : [arg.slice(0, equals), arg.slice(equals + 1)]
}

/** `rejected.ndjson` becomes `rejected-2.ndjson`, and that `rejected-3.ndjson`. */
function withSuffix(file: string): string {
  const [, stem, number, extension] = /^(.*?)(?:-(\d+))?(\.[^./]*)?$/.exec(file) ?? []
  return `${stem}-${Number(number ?? 1) + 1}${extension ?? ''}`
}

function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
