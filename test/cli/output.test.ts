import { PassThrough } from 'node:stream'
import { Terminal } from '@xterm/headless'
import { main } from '../../src/cli/main'
import { Output, oneLine } from '../../src/cli/output'
import { showProgress } from '../../src/cli/progress'
import { renderTable } from '../../src/cli/table'

/** A screen of a terminal, as a person sees it. */
class Screen {
  private readonly terminal: Terminal
  readonly stream: PassThrough
  readonly output: Output

  constructor(columns: number, rows: number) {
    // As the terminal driver does, a line break also returns to the first column.
    this.terminal = new Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true })
    this.stream = Object.assign(new PassThrough(), { isTTY: true, columns })
    this.output = new Output(this.stream)
  }

  /** All lines, those that have scrolled away first; without empty ones at the end. */
  async lines(): Promise<string[]> {
    await new Promise<void>((resolve) => this.terminal.write(String(this.stream.read() ?? ''), resolve))
    const { active } = this.terminal.buffer
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '')
    return lines.join('\n').trimEnd().split('\n')
  }
}

const textOf = (isTTY: boolean, text: string, columns = 20) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: isTTY ? columns : undefined })
  new Output(stream).write(text)
  return String(stream.read())
}

const progress = {
  bytes: 50,
  totalBytes: 100,
  events: 4843,
  inFlight: 64,
  retrying: 12,
  counts: { delivered: 4833, 'not subscribed': 0, filtered: 0, rejected: 7, failed: 3, 'not tried': 0 },
  perSecond: 0,
  blockedShare: 0
}

describe('notes above a progress bar', () => {
  it.each([
    ['at the top of the screen', 0, 10],
    ['in the middle of the screen', 4, 10],
    ['at the bottom of the screen', 9, 10],
    ['on a low screen', 30, 3]
  ])('are all there, and the bar is below them: %s', async (_where, linesBefore, rows) => {
    const screen = new Screen(40, rows)
    screen.output.write('before\n'.repeat(linesBefore))
    screen.output.showStatus('50%')
    screen.output.write('Resuming: 4,843 events are done.\n')
    screen.output.write('…/1600.s3.gz, line 1: trying again. Astrolabe is temporarily unavailable (status 503).\n')
    screen.output.showStatus('60%')

    const notes = [
      'Resuming: 4,843 events are done.',
      '…/1600.s3.gz, line 1: trying again.',
      'Astrolabe is temporarily unavailable',
      '(status 503).'
    ]
    expect((await screen.lines()).slice(linesBefore)).toEqual([...notes, '60%'])
    screen.output.showStatus('')
    screen.output.write('read           2\n')
    expect((await screen.lines()).slice(linesBefore)).toEqual([...notes, 'read           2'])
  })

  it('and a bar that is wider than the screen share no row', async () => {
    const screen = new Screen(20, 5)
    screen.output.showStatus('a bar that is wider than the screen')
    screen.output.write('A note.\n')

    expect(await screen.lines()).toEqual(['A note.', 'a bar that is wide…'])
  })
})

describe('the bar', () => {
  const shown = async (columns: number, more = {}) => {
    const screen = new Screen(columns, 5)
    showProgress(screen.output, () => ({ ...progress, ...more }))()
    const drawn = new Screen(columns, 5)
    const stop = showProgress(drawn.output, () => ({ ...progress, ...more }))
    const [line] = await drawn.lines()
    stop()
    expect(await screen.lines()).toEqual([''])
    return line
  }

  it('shows all that it knows if there is room', async () => {
    expect(await shown(140)).toBe(
      '██████████░░░░░░░░░░ 50%, 4,843 events, 3 failed, 7 rejected, 12 to retry, 0/s, 64 in flight'
    )
  })

  it('loses what matters least first, and what is lost last', async () => {
    expect(await shown(80)).toBe('█████░░░░░ 50%, 4,843 events, 3 failed, 7 rejected, 12 to retry, 0/s')
    expect(await shown(55)).toBe('█████░░░░░ 50%, 4,843 events, 3 failed, 7 rejected')
  })
})

describe('the tables of Users, Accounts and events', () => {
  it.each([[['demo']], [['deliver', '--show', 'examples/events.ndjson']]])(
    'fit on a screen of 80 columns, and cut no value: %j',
    async (args) => {
      const screen = new Screen(80, 40)
      await main(args, {
        stdin: new PassThrough(),
        stdout: screen.stream,
        stderr: new PassThrough(),
        untilStopped: () => new Promise(() => undefined),
        exit: () => undefined
      })

      const lines = await screen.lines()
      const rows = lines.filter((line) => /^[┌│├└]/.test(line))
      const traits = rows.map((row) => row.split('│')[3]?.trim()).join('')
      expect(rows.filter((row) => !/[┐│┤┘]$/.test(row))).toEqual([])
      expect(rows.join('')).not.toContain('…')
      expect(traits).toContain('email: "john.doe@example.com"order_completed_last_30days: false')
    }
  )
})

describe('text from events and files', () => {
  it.each([
    ['the clipboard', '\x1b]52;c;ZXZpbA==\x07', '\\u001b]52;c;ZXZpbA==\\u0007'],
    ['the screen', '\x1b[2J', '\\u001b[2J'],
    ['the screen, in one character', '\x9b2J', '\\u009b2J'],
    ['the line', 'a\rb', 'a\\rb'],
    ['the direction of text', 'a\u202eb', 'a\\u202eb']
  ])('does not control %s', (_what, text, shown) => {
    expect(textOf(false, text)).toBe(shown)
    expect(textOf(true, text, 80)).toBe(shown)
  })

  it('keeps ordinary Unicode, line breaks and our own colours', () => {
    const text = '\x1b[31mGröße\x1b[39m ケイト 👩‍👩‍👧 نمی‌دانم\n\tend\n'

    expect(textOf(false, text)).toBe(text)
  })

  it('forges no line', () => {
    expect(oneLine('a\n1 delivered\tb')).toBe('a\\n1 delivered\\tb')
  })
})

describe('a sentence', () => {
  it('wraps at words on a terminal, and what continues it is indented alike', () => {
    expect(textOf(true, '  The quick brown fox jumps.\n')).toBe('  The quick brown\n  fox jumps.\n')
  })

  it('does not wrap elsewhere', () => {
    expect(textOf(false, 'The quick brown fox jumps.\n')).toBe('The quick brown fox jumps.\n')
  })

  it.each(['  npx astrolabe-segment deliver a.ndjson', '{"a": "b c d e f g h i"}', '│ a b c d e f g h i j │'])(
    'wraps nothing that is copied or aligned: %s',
    (line) => {
      expect(textOf(true, line)).toBe(line)
    }
  )
})

describe('a table', () => {
  it('wraps its widest cells to fit, and cuts a line of a cell after three rows', () => {
    const table = renderTable(['User ID', 'Traits'], [['u1', `name: "Zoë"\nnote: "${'x'.repeat(90)}"`]], 40)

    expect(table.split('\n')).toEqual([
      '┌─────────┬────────────────────────────┐',
      '│ User ID │ Traits                     │',
      '├─────────┼────────────────────────────┤',
      '│ u1      │ name: "Zoë"                │',
      `│         │ note: "${'x'.repeat(19)} │`,
      `│         │ ${'x'.repeat(26)} │`,
      `│         │ ${'x'.repeat(25)}… │`,
      '└─────────┴────────────────────────────┘'
    ])
  })

  it('writes control characters of an event as escapes, so that no event controls the terminal', () => {
    expect(renderTable(['Event'], [['\u001b[2J\tclear\u202e']], 80)).toContain('│ \\u001b[2J\\tclear\\u202e │')
  })
})
