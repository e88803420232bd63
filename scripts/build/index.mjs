// Writes the package's JavaScript to dist, unless no input changed since the last build.
import { cp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { assets, command, DIST, modules } from './outputs.mjs'
import { collectLicenses } from './licenses.mjs'
import { isCurrent, remember } from './state.mjs'

if (!isCurrent()) {
  const startedAt = Date.now()
  for (const folder of ['catalog', 'cli', 'destinations', ...assets.map(({ to }) => to)]) {
    await rm(path.join(DIST, folder), { recursive: true, force: true })
  }

  const [{ metafile: bundled }, { metafile: transpiled }] = await Promise.all([build(command), build(modules)])
  for (const { from, to, files } of assets) {
    for (const file of files) {
      await cp(path.join(from, file), path.join(DIST, to, file))
    }
  }
  const distributed = [...Object.keys(bundled.inputs), ...assets.map(({ from }) => from)]
  await writeFile(path.join(DIST, 'THIRD-PARTY-LICENSES.txt'), collectLicenses(distributed))
  remember(startedAt, [bundled, transpiled])
}
