import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const FILE = 'node_modules/.cache/astrolabe-segment/build.json'

/** Whether all outputs of the last build are there, and no input changed since it started. */
export function isCurrent() {
  if (!existsSync(FILE)) {
    return false
  }
  const { startedAt, inputs, outputs } = JSON.parse(readFileSync(FILE, 'utf8'))
  return outputs.every(existsSync) && inputs.every((input) => existsSync(input) && statSync(input).mtimeMs < startedAt)
}

/**
 * @param {number} startedAt in ms since 1970
 * @param {import('esbuild').Metafile[]} metafiles
 */
export function remember(startedAt, metafiles) {
  const scripts = readdirSync(import.meta.dirname).map((file) => path.join(import.meta.dirname, file))
  const inputs = ['package-lock.json', ...scripts, ...metafiles.flatMap((metafile) => Object.keys(metafile.inputs))]
  const outputs = metafiles.flatMap((metafile) => Object.keys(metafile.outputs))
  mkdirSync(path.dirname(FILE), { recursive: true })
  writeFileSync(FILE, JSON.stringify({ startedAt, inputs, outputs }))
}
