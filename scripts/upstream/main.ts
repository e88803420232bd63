import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { CATALOG_ID } from '../../src/catalog'
import type { Terminal } from '../../src/cli/terminal'
import { FOLDER, replaceFolder } from './checkout'
import { filesToExport } from './files'
import type { Export } from './files'
import { pullRequest, TITLE } from './pull-request'

/** Runs the command and sets the exit code: 0 written, 1 refused, 2 wrong use. */
export async function main(
  args: string[],
  terminal: Pick<Terminal, 'stdout' | 'stderr' | 'exitCode'>,
  cwd: string
): Promise<void> {
  const program = new Command('npm run upstream --')
    .description(
      `Write the destination, its tests and its metadata into a checkout of segmentio/action-destinations, ready for a pull request: ${FOLDER}, and nothing else.`
    )
    .argument('<dir>', 'the checkout; what is not committed in that folder is never overwritten')
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text)
    })
    .showHelpAfterError('(add --help to see what is possible)')
    .exitOverride()
    .action(async (dir: string) => {
      const checkout = path.resolve(cwd, dir)
      const exported = await filesToExport()
      replaceFolder(checkout, exported.files)
      terminal.stdout.write(report(checkout, exported))
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

function report(checkout: string, { files, leftOut }: Export): string {
  const staying = [...leftOut].map(([name, why]) => `  ${name}: ${why}\n`)
  return `Wrote ${files.size} files to ${path.join(checkout, FOLDER)}

Tests that stay here:
${staying.join('')}
Only Segment does this, in a commit of its own: it registers the ID of Astrolabe in
packages/destination-actions/src/destinations/index.ts, with

  register('${CATALOG_ID}', './astrolabe')

The title of the pull request:

${TITLE}

Its text:

${pullRequest(files.keys())}`
}
