import { renderTable } from '../../src/cli/table'

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
