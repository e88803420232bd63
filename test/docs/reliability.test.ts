import { readFileSync } from 'node:fs'
import path from 'node:path'
import { CONNECTION_FAULTS, RESPONSE_FAULTS } from '../faults/every-fault'
import { outcomeOf } from '../faults/fault-case'

const ROOT = path.join(__dirname, '../..')
const page = readFileSync(path.join(ROOT, 'docs/reliability.md'), 'utf8')

/** Quotes of test titles, such as [`test/a.test.ts`](../test/a.test.ts): “does what it says”. */
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
  .flatMap(([, faults, single, batch, accepted]) =>
    [...faults.matchAll(/`([^`]+)`/g)].map(([, fault]) => ({ fault, single, batch, accepted }))
  )

const shown = [...RESPONSE_FAULTS, ...CONNECTION_FAULTS].map(({ fault, single, batch, isAccepted }) => ({
  fault,
  single: outcomeOf(single),
  batch: outcomeOf(batch),
  accepted: isAccepted ? 'yes' : 'no'
}))

describe('docs/reliability.md', () => {
  it.each(proofs)('quotes a test that exists: $file, “$quote”', ({ file, link, quote }) => {
    expect(link).toBe(file)
    expect(readFileSync(path.join(ROOT, file), 'utf8').replace(/\\'/g, "'")).toContain(quote)
  })

  it.each(promises)('quotes a test for the promise: $promise', ({ text }) => {
    expect(text).toMatch(/^- \[`(src|test)\//m)
  })

  it.each(table)('gives the outcome of $fault that the suite expects', (row) => {
    expect(shown).toContainEqual(row)
  })

  it('lists every fault of the suite, except variations of its parameters', () => {
    const nameAndValue = ({ fault }: { fault: string }) => fault.split(',')[0].replace(/ \+ .*/, '')

    expect(table.map(nameAndValue)).toEqual(expect.arrayContaining([...new Set(shown.map(nameAndValue))]))
  })
})
