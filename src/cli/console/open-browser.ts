import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** The system's command that opens a URL, by platform. `start` needs a title before the URL. */
const COMMANDS: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""']
}

/**
 * Opens a URL in the user's browser, and waits only until the system has started to do so.
 *
 * @throws the error of the system if it has no such command
 */
export async function openBrowser(url: string, platform = process.platform): Promise<void> {
  const [command, ...args] = COMMANDS[platform] ?? ['xdg-open']
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  opener.unref()
  await once(opener, 'spawn')
}
