import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Writes a certificate to a file, because Node and curl read certificates to trust from files. */
export async function keepCertificate(pem: string): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'astrolabe-sandbox-'))
  const file = path.join(folder, 'ca.pem')
  await writeFile(file, pem)
  return { path: file, remove: () => rm(folder, { recursive: true }) }
}
