import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const LICENSE_FILE = /^(licen[cs]e|notice|copying)/i

/**
 * The licenses of the packages that the given files belong to, each with the package's name and version, sorted.
 *
 * @param {string[]} files
 * @throws Error if a package names no license
 */
export function collectLicenses(files) {
  const folders = new Set(files.map((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean))
  const texts = [...folders].map(licenseOf)
  return [...new Set(texts)].sort().join(`\n${'-'.repeat(80)}\n\n`)
}

/** @param {string} folder of a package */
function licenseOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  if (!license) {
    throw new Error(`${folder}/package.json names no license. Check whether the package may be distributed.`)
  }
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim())
  const copyright = texts.length > 0 ? texts.join('\n\n') : `Author: ${author?.name ?? author ?? 'not named'}`
  return `${name} ${version}\nLicense: ${license}\n\n${copyright}\n`
}
