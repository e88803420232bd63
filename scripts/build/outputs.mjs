import { readdirSync } from 'node:fs'
import path from 'node:path'

/** Every path of the build is relative to the repository: npm starts scripts there. */
export const DIST = 'dist'

const CATALOG = path.resolve('src/catalog')
const SWAGGER_UI = 'node_modules/@fastify/swagger-ui/static'
const ANALYTICS_JS = 'node_modules/@segment/analytics-next/dist/umd'

/** @type {import('esbuild').BuildOptions} */
const shared = { platform: 'node', target: 'node20.19', format: 'cjs', metafile: true, logLevel: 'warning' }

/**
 * The modules that `register` needs, file by file: the catalog entry names the destination's own file.
 *
 * @type {import('esbuild').BuildOptions & { metafile: true }}
 */
export const modules = {
  ...shared,
  metafile: true,
  entryPoints: ['src/index.ts', ...sourcesIn('src/catalog'), ...sourcesIn('src/destinations')],
  outbase: 'src',
  outdir: DIST
}

/**
 * The command as one file with its libraries, so that an installation brings none of them. Three things stay outside:
 *
 * - the framework, which recognizes batch results only if they come from the same copy of it,
 * - its parser of triggers, which is installed with it and whose own dependency names no license to pass on,
 * - the catalog, so that the command delivers with the same files as `register`.
 *
 * esbuild makes files that start with `#!` executable.
 *
 * @type {import('esbuild').BuildOptions & { metafile: true }}
 */
export const command = {
  ...shared,
  metafile: true,
  entryPoints: ['src/cli/index.ts'],
  outfile: path.join(DIST, 'cli/index.js'),
  bundle: true,
  // Names stay: they make the stack trace in a bug report readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['@segment/actions-core', '@segment/destination-subscriptions'],
  plugins: [
    {
      name: 'external-catalog',
      setup(build) {
        build.onResolve({ filter: /\/catalog$/ }, ({ path: request, resolveDir }) =>
          path.resolve(resolveDir, request) === CATALOG ? { path: '../catalog', external: true } : undefined
        )
      }
    }
  ]
}

/**
 * Files that the command serves as they are. @fastify/swagger-ui looks for its own next to the bundle and one folder
 * above it; the files that its page does not load stay behind.
 */
export const assets = [
  { from: SWAGGER_UI, to: 'cli/static', files: ['logo.svg'] },
  {
    from: SWAGGER_UI,
    to: 'static',
    files: [
      'favicon-16x16.png',
      'favicon-32x32.png',
      'index.css',
      'swagger-ui-bundle.js',
      'swagger-ui-standalone-preset.js',
      'swagger-ui.css'
    ]
  },
  { from: ANALYTICS_JS, to: 'analytics-next', files: readdirSync(ANALYTICS_JS).filter((file) => file.endsWith('.js')) }
]

/** @param {string} folder */
function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('__tests__'))
    .map((file) => path.join(folder, file))
}
