import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(__dirname, '../..')

/** Packs this package as it would be published, and installs it into a project that has nothing else. */
export class CustomerProject {
  /** What the package holds, by path. */
  readonly packed: string[]
  private readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'customer-project-')))
  private readonly project = path.join(this.folder, 'project')

  constructor() {
    const [{ filename, files }] = JSON.parse(
      run(ROOT, 'npm', 'pack', '--json', '--silent', '--pack-destination', this.folder)
    ) as [{ filename: string; files: { path: string }[] }]
    this.packed = files.map((file) => file.path)
    mkdirSync(this.project)
    this.write('package.json', '{ "name": "customer-project", "private": true }')
    run(this.project, 'npm', 'install', '--silent', '--no-audit', '--no-fund', path.join(this.folder, filename))
  }

  write(file: string, content: string): void {
    writeFileSync(path.join(this.project, file), content)
  }

  /** Runs a file of the project with Node, and gives what it prints. */
  node(...args: string[]): string {
    return run(this.project, process.execPath, ...args)
  }

  /** Runs a command that the package brings, as `npx` does. */
  command(name: string, ...args: string[]): string {
    return run(this.project, path.join(this.project, 'node_modules/.bin', name), ...args)
  }

  /** Checks the types of a file with this repository's TypeScript, and gives its complaints. */
  typeErrors(file: string, ...options: string[]): string {
    try {
      return this.node(require.resolve('typescript/bin/tsc'), '--noEmit', '--strict', ...options, file)
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
