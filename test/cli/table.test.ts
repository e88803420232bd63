import { renderTable } from '../../src/cli/table'

describe('a table', () => {
  it('cuts its widest cells to fit, and keeps the lines of a cell', () => {
    const table = renderTable(['User ID', 'Traits'], [['u1', `name: "Zoë"\nnote: "${'x'.repeat(30)}"`]], 40)

    expect(table.split('\n')).toEqual([
      '┌─────────┬────────────────────────────┐',
      '│ User ID │ Traits                     │',
      '├─────────┼────────────────────────────┤',
      '│ u1      │ name: "Zoë"                │',
      `│         │ note: "${'x'.repeat(18)}… │`,
      '└─────────┴────────────────────────────┘'
    ])
  })

  it('writes control characters of an event as escapes, so that no event controls the terminal', () => {
    expect(renderTable(['Event'], [['\u001b[2J\tclear\u202e']], 80)).toContain('│ \\u001b[2J\\tclear\\u202e │')
  })
})
