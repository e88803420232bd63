import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

export type Paint = (style: Style, text: string) => string

/**
 * Colours on a terminal only. `NO_COLOR` turns them off; `FORCE_COLOR` turns them on everywhere, or off with 0 or false.
 * As in Node itself, `FORCE_COLOR` wins.
 */
export function painter(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): Paint {
  // Otherwise `styleText` decides again, by `process.stdout`, which is no terminal in a thread.
  return hasColors(stream, environment)
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text
}

function hasColors({ isTTY }: { isTTY?: boolean }, { NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if (FORCE_COLOR !== undefined) {
    return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  }
  return isTTY === true && !NO_COLOR && TERM !== 'dumb'
}
