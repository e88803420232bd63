import { readdirSync } from 'node:fs'
import path from 'node:path'

/** Every path of the build is relative to the repository: npm starts scripts there. */
export const DIST = 'dist'

const CATALOG = path.resolve('src/catalog')
const MAIN = path.resolve('src/cli/main')
const ANALYTICS_JS = 'node_modules/@segment/analytics-next/dist/umd'

/** @type {import('esbuild').BuildOptions} */
const shared = { platform: 'node', target: 'node20.19', format: 'cjs', metafile: true, logLevel: 'warning' }

/**
 * The modules that `register` needs, file by file: the catalog entry names the destination's own file. Also the client of
 * the console's API.
 *
 * @type {import('esbuild').BuildOptions & { metafile: true }}
 */
export const modules = {
  ...shared,
  metafile: true,
  entryPoints: [
    'src/index.ts',
    'src/secrets/base-url.ts',
    ...sourcesIn('src/console/client'),
    ...sourcesIn('src/catalog'),
    ...sourcesIn('src/destinations')
  ],
  outbase: 'src',
  outdir: DIST
}

/**
 * The command in two files with its libraries, so that an installation brings none of them. The first is small, as it
 * may start the second in a thread. Four things stay outside:
 *
 * - the framework, which recognizes batch results only if they come from the same copy of it,
 * - its parser of triggers, and the lexer of that parser, which are installed with it; the lexer names no license to pass on,
 * - AWS's SDK, which few users need and which is larger than everything else,
 * - the catalog, so that the command delivers with the same files as `register`.
 *
 * esbuild makes files that start with `#!` executable.
 *
 * @type {import('esbuild').BuildOptions & { metafile: true }}
 */
export const command = {
  ...shared,
  metafile: true,
  entryPoints: ['src/cli/index.ts', 'src/cli/main.ts'],
  outdir: path.join(DIST, 'cli'),
  bundle: true,
  minify: true,
  // `require` instead: it costs less than to find out what a CommonJS file exports.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  external: ['@aws-sdk/client-s3', '@segment/actions-core', '@segment/destination-subscriptions', '@segment/fql-ts'],
  plugins: [
    {
      name: 'other-paths',
      setup(build) {
        build.onResolve({ filter: /\/catalog$/ }, ({ path: request, resolveDir }) =>
          path.resolve(resolveDir, request) === CATALOG ? { path: '../catalog', external: true } : undefined
        )
        build.onResolve({ filter: /\/main$/ }, ({ path: request, resolveDir }) =>
          path.resolve(resolveDir, request) === MAIN ? { path: './main', external: true } : undefined
        )
        build.onResolve({ filter: /^node-forge$/ }, () => ({ path: path.resolve('scripts/build/node-forge.cjs') }))
      }
    }
  ]
}

/** Files that the command serves as they are. `index.js` is the build for other people's bundles. */
export const assets = [
  {
    from: ANALYTICS_JS,
    to: 'analytics-next',
    files: readdirSync(ANALYTICS_JS).filter((file) => file.endsWith('.js') && file !== 'index.js')
  }
]

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
    .map((file) => path.join(folder, file))
}
