import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { CATALOG_ID } from '../../src/catalog'
import type { Terminal } from '../../src/cli/terminal'
import { FOLDER, replaceFolder } from './checkout'
import { filesToExport } from './files'
import { pullRequest, TITLE } from './pull-request'

/** Runs the command and sets the exit code: 0 written, 1 rejected, 2 wrong use. */
export async function main(
  args: string[],
  terminal: Pick<Terminal, 'stdout' | 'stderr' | 'exitCode'>,
  cwd: string
): Promise<void> {
  const program = new Command('npm run upstream --')
    .description(
      `Write the destination, its tests and its metadata into a checkout of segmentio/action-destinations, ready for a pull request. Writes to ${FOLDER} only.`
    )
    .argument('<dir>', 'the checkout; uncommitted changes in that folder are never overwritten')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text)
    })
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .action((dir: string) => {
      const checkout = path.resolve(cwd, dir)
      const files = filesToExport()
      replaceFolder(checkout, files)
      terminal.stdout.write(report(checkout, files))
    })

  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      terminal.exitCode = error.exitCode === 0 ? 0 : 2
      return
    }
    terminal.stderr.write(`error: ${(error as Error).message}\n`)
    terminal.exitCode = 1
  }
}

function report(checkout: string, files: Map<string, Buffer>): string {
  return `Wrote ${files.size} files to ${path.join(checkout, FOLDER)}

Only Segment registers the ID of Astrolabe, in a commit of its own, in
packages/destination-actions/src/destinations/index.ts:

  register('${CATALOG_ID}', './astrolabe')

The title of the pull request:

${TITLE}

Its text:

${pullRequest(checkout, files)}`
}
