import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const ROOT = path.join(__dirname, '../..')

interface PackageJson {
  dependencies: Record<string, string>
  scripts: Record<string, string>
}

/** Packs this package as it would be published, and installs it into a project that has nothing else. */
export class CustomerProject {
  /** What the package holds, by path. */
  readonly packed: string[]
  /** The size of the packed package in bytes. */
  readonly size: number
  private readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'customer-project-')))
  private readonly project = path.join(this.folder, 'project')

  constructor() {
    const [{ filename, files, size }] = JSON.parse(
      run(ROOT, 'npm', 'pack', '--json', '--silent', '--pack-destination', this.folder)
    ) as [{ filename: string; files: { path: string }[]; size: number }]
    this.packed = files.map((file) => file.path)
    this.size = size
    mkdirSync(this.project)
    this.write('package.json', '{ "name": "customer-project", "private": true }')
    run(this.project, 'npm', 'install', '--silent', '--no-audit', '--no-fund', path.join(this.folder, filename))
  }

  write(file: string, content: string): void {
    writeFileSync(path.join(this.project, file), content)
  }

  /** The packages that the installation brought, except those that only the peer needs. */
  get installed(): string[] {
    const lock = readFileSync(path.join(this.project, 'node_modules/.package-lock.json'), 'utf8')
    const { packages } = JSON.parse(lock) as { packages: Record<string, { peer?: boolean }> }
    return Object.keys(packages)
      .filter((folder) => !packages[folder].peer)
      .map((folder) => folder.replace('node_modules/', ''))
  }

  read(file: string): string {
    return readFileSync(path.join(this.project, file), 'utf8')
  }

  /** Runs a file of the project with Node, and gives what it prints. */
  node(...args: string[]): string {
    return run(this.project, process.execPath, ...args)
  }

  /** Adds the files of a folder of this repository, except its package.json, and installs what that depends on. */
  addExample(folder: string): void {
    const example = path.join(ROOT, folder)
    const { dependencies, scripts } = JSON.parse(
      readFileSync(path.join(example, 'package.json'), 'utf8')
    ) as PackageJson
    cpSync(example, this.project, { recursive: true, filter: (file) => path.basename(file) !== 'package.json' })
    const packages = Object.entries(dependencies).map(([name, version]) => `${name}@${version}`)
    run(this.project, 'npm', 'install', '--silent', '--no-audit', '--no-fund', ...packages)
    run(
      this.project,
      'npm',
      'pkg',
      'set',
      ...Object.entries(scripts).map(([name, script]) => `scripts.${name}=${script}`)
    )
  }

  /** Runs a script of the project, and gives what it prints. */
  sh(script: string, env: Record<string, string>): string {
    return execFileSync('sh', [script], { cwd: this.project, env: { ...process.env, ...env }, encoding: 'utf8' })
  }

  /** Runs a command of an installed package. Asks no registry. */
  npx(...args: string[]): string {
    return run(this.project, 'npx', '--offline', '--no', '--', ...args)
  }

  /** Starts the package's command, and gives the process. */
  start(...args: string[]): ChildProcess {
    return spawn(path.join(this.project, 'node_modules/.bin/astrolabe-segment'), args, {
      stdio: ['ignore', 'pipe', 'inherit']
    })
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
