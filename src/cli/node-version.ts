import { packageJson } from './package-files'

/** @returns a sentence if this Node is too old for the command, which `engines` in package.json decides */
export function nodeProblem(version: string): string | undefined {
  const minimum = packageJson().engines.node.replace('>=', '')
  const [major, minor] = numbersOf(version)
  const [minMajor, minMinor = 0] = numbersOf(minimum)
  return major > minMajor || (major === minMajor && minor >= minMinor)
    ? undefined
    : `astrolabe-segment needs Node ${minimum} or newer, and this is Node ${version}.`
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number)
}
