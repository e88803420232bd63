import fs from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'

export interface WatchedDisk {
  /** Whether each write ends after 20 bytes. */
  isFull: boolean
  /** Whether nothing can be synced. */
  isBroken: boolean
  /** Whether each write takes 10 bytes only, and says so. */
  takesLittle: boolean
  onReplace(file: string): void
  /** Called before a file is synced, which waits for it. */
  onSync(file: string): Promise<void>
  /** Awaited by each write. */
  beforeWrite(): Promise<void>
  /** How often a file or folder was opened, and how many are open. */
  opened: number
  open: number
  /** Files that replaced others, and what a loss of power would have undone at that moment. */
  replaced: { file: string; notSynced: string[] }[]
  /** Files and folders that changed since they were last synced. */
  readonly notSynced: string[]
}

/**
 * Watches what is written through `node:fs/promises`, until mocks are restored. Notes what is synced, and does not sync it,
 * because that takes long.
 */
export function watchDisk(): WatchedDisk {
  const { open, rename } = fs.promises
  const changed = new Set<string>()
  const disk: WatchedDisk = {
    isFull: false,
    isBroken: false,
    takesLittle: false,
    onReplace: () => undefined,
    onSync: () => Promise.resolve(),
    beforeWrite: () => Promise.resolve(),
    opened: 0,
    open: 0,
    replaced: [],
    get notSynced() {
      return [...changed].sort()
    }
  }

  jest.spyOn(fs.promises, 'open').mockImplementation(async (name, flags, mode) => {
    return watch(await open(name, flags, mode), String(name))
  })
  jest.spyOn(fs.promises, 'rename').mockImplementation(async (from, to) => {
    disk.onReplace(String(to))
    disk.replaced.push({ file: String(to), notSynced: disk.notSynced })
    await rename(from, to)
    changed.add(path.dirname(String(to)))
  })
  return disk

  function watch(handle: FileHandle, file: string): FileHandle {
    disk.opened++
    disk.open++
    const close = handle.close.bind(handle)
    Object.assign(handle, { close: async () => close().finally(() => disk.open--) })
    const after = (name: 'write' | 'writeFile' | 'truncate' | 'sync', note: () => void) => {
      // Its overloads don't matter here: arguments are passed on.
      const method = handle[name].bind(handle) as (...args: unknown[]) => Promise<unknown>
      Object.assign(handle, {
        [name]: async (...args: unknown[]) => {
          if (name.startsWith('write')) {
            await disk.beforeWrite()
          }
          if (disk.isFull && name.startsWith('write')) {
            await method(Buffer.from(String(args[0])).subarray(0, 20))
            throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
          }
          if (disk.isBroken && name === 'sync') {
            throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
          }
          note()
          if (name === 'sync') {
            return disk.onSync(file)
          }
          if (disk.takesLittle && name === 'write') {
            const [bytes, start, length, position] = args
            return method(bytes, start, Math.min(Number(length), 10), position)
          }
          const result = await method(...args)
          note()
          return result
        }
      })
    }
    for (const name of ['write', 'writeFile', 'truncate'] as const) {
      after(name, () => changed.add(file))
    }
    after('sync', () => changed.delete(file))
    return handle
  }
}
