import { defineConfig } from 'vite'
import type { UserConfig } from 'vite'

/** The development server (`npx vite src/console/web`) passes the API on to a console that runs on its usual port. */
const CONSOLE = 'http://127.0.0.1:4020'

const CONFIG: UserConfig = {
  base: '/',
  build: {
    outDir: '../../../dist/console/pages',
    emptyOutDir: true,
    // Under the content security policy, an inlined asset would be a data: URL.
    assetsInlineLimit: 0,
    license: { fileName: 'THIRD-PARTY-LICENSES.md' },
    reportCompressedSize: false,
    // Kilobytes. They come from the reader's own machine, where one file is as fast as several.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { pluginTimings: false },
      // Radix marks its modules for React's server components, which are not used here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning))
    }
  },
  css: { modules: { generateScopedName: '[name]_[local]_[hash:base64:4]' } },
  server: { host: '127.0.0.1', proxy: { '/api': CONSOLE, '/v1': CONSOLE, '/analytics.js': CONSOLE } }
}

export default defineConfig(({ command }) => {
  if (command === 'build') {
    // Vite would keep the NODE_ENV of the environment, such as that of tests, and bundle React's development build.
    process.env.NODE_ENV = 'production'
  }
  return CONFIG
})
