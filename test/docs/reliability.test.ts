import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ANSWERS } from '../faults/answers'
import { CONNECTIONS } from '../faults/connections'
import { outcomeOf } from '../faults/expected'

const ROOT = path.join(__dirname, '../..')
const page = readFileSync(path.join(ROOT, 'docs/reliability.md'), 'utf8')

/** What the page quotes of a test, such as [`test/a.test.ts`](../test/a.test.ts): “does what it says”. */
const proofs = [...page.matchAll(/\[`((?:src|test)\/[^`]+)`\]\(\.\.\/([^)]+)\): “([^”]+)”/g)].map(
  ([, file, link, quote]) => ({
    file,
    link,
    quote
  })
)

const promises = [...page.matchAll(/^\*\*(.+)\.\*\* ([^]*?)(?=^\*\*|^## )/gm)].map(([, promise, text]) => ({
  promise,
  text
}))

const table = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, faults, alone, batch, taken]) =>
    [...faults.matchAll(/`([^`]+)`/g)].map(([, fault]) => ({ fault, alone, batch, taken }))
  )

const shown = [...ANSWERS, ...CONNECTIONS].map(({ fault, alone, batch, isTaken }) => ({
  fault,
  alone: outcomeOf(alone),
  batch: outcomeOf(batch),
  taken: isTaken ? 'yes' : 'no'
}))

describe('docs/reliability.md', () => {
  it.each(proofs)('names a test that is there: $file, “$quote”', ({ file, link, quote }) => {
    expect(link).toBe(file)
    expect(readFileSync(path.join(ROOT, file), 'utf8').replace(/\\'/g, "'")).toContain(quote)
  })

  it.each(promises)('names a test where it promises: $promise', ({ text }) => {
    expect(text).toMatch(/^- \[`(src|test)\//m)
  })

  it.each(table)('gives the outcome of $fault that the suite expects', (row) => {
    expect(shown).toContainEqual(row)
  })

  it('leaves out no fault of the suite but variations of its parameters', () => {
    const nameAndValue = ({ fault }: { fault: string }) => fault.split(',')[0].replace(/ \+ .*/, '')

    expect(table.map(nameAndValue)).toEqual(expect.arrayContaining([...new Set(shown.map(nameAndValue))]))
  })
})
