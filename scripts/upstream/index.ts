import path from 'node:path'
import { Command } from 'commander'
import { pullRequest, FOLDER, replaceFolder, undoIn } from './pull-request'

const program = new Command('npm run upstream --')
  .description(`Copy the destination and its tests to ${FOLDER}, and print the text of the pull request.`)
  .argument('<dir>', 'a checkout of segmentio/action-destinations without uncommitted changes')
  .action(upstream)

program.parse()

function upstream(dir: string): void {
  // npm runs scripts in the project's folder. A relative path starts where the user is.
  const checkout = path.resolve(process.env.INIT_CWD ?? process.cwd(), dir)
  try {
    replaceFolder(checkout)
    console.log(nextSteps(checkout))
  } catch (error) {
    program.error(`error: ${(error as Error).message}`)
  }
}

function nextSteps(checkout: string): string {
  return `Wrote ${path.join(checkout, FOLDER)}

Commit it to a branch and open a pull request. To undo it instead, run:

  ${undoIn(checkout)}

Only Segment assigns the ID and registers it, in a commit of its own, in packages/destination-actions/src/destinations/index.ts:

  register('<the assigned ID>', './astrolabe')

The title of the pull request: Add the destination Astrolabe

Its text:

${pullRequest(checkout)}`
}
