import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A file that is being written has this ending until it is complete. */
const PARTIAL = '.upstream-partial'

/**
 * Writes a folder so that an interruption leaves each file either old or new. Removes everything else from the folder.
 *
 * @param files contents by path inside the folder
 */
export function writeFolder(folder: string, files: Map<string, Buffer>): void {
  removeOthers(folder, '', files)
  for (const [file, content] of files) {
    const target = path.join(folder, file)
    mkdirSync(path.dirname(target), { recursive: true })
    if (isDirectory(target)) {
      rmSync(target, { recursive: true })
    }
    writeFileSync(target + PARTIAL, content)
    renameSync(target + PARTIAL, target)
  }
}

/**
 * Whether a file is as `writeFolder` leaves it.
 *
 * @param content undefined if `writeFolder` removes the file
 */
export function isWritten(file: string, content: Buffer | undefined): boolean {
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (!content) {
    return !found || found.isDirectory()
  }
  return Boolean(found?.isFile()) && readFileSync(file).equals(content)
}

/** Whether a file is what an interrupted `writeFolder` left of one of these files. */
export function isPartOfWrite(file: string, files: Map<string, Buffer>): boolean {
  if (!file.endsWith(PARTIAL) || !lstatSync(file).isFile()) {
    return false
  }
  const found = readFileSync(file)
  const target = file.slice(0, -PARTIAL.length).split(path.sep).join('/')
  return [...files].some(
    ([name, content]) => target.endsWith(`/${name}`) && content.subarray(0, found.length).equals(found)
  )
}

/** A link is removed, never followed. */
function removeOthers(folder: string, inside: string, files: Map<string, Buffer>): void {
  const found = lstatSync(path.join(folder, inside), { throwIfNoEntry: false })
  if (found?.isDirectory()) {
    for (const name of readdirSync(path.join(folder, inside))) {
      removeOthers(folder, path.posix.join(inside, name), files)
    }
  }
  const isKept = files.has(inside) || (found?.isDirectory() && [...files.keys()].some((file) => isBelow(file, inside)))
  if (found && !isKept) {
    rmSync(path.join(folder, inside), { recursive: true })
  }
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`)
}

function isDirectory(file: string): boolean {
  return Boolean(lstatSync(file, { throwIfNoEntry: false })?.isDirectory())
}
