import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { destination } from '../../src'

const ROOT = path.join(__dirname, '../..')
const page = readFileSync(path.join(ROOT, 'docs/catalog.md'), 'utf8')

/** The rows of the table below a heading, as cells. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = page.split(`\n### ${heading}\n`)
  const lines = section.split(/\n#/)[0].split('\n')
  return lines.filter((line) => line.startsWith('| ')).map((line) => line.split('|').map((cell) => cell.trim()))
}

describe("the page for Segment's catalog", () => {
  it.each(Object.values(destination.actions))('describes each field that Segment shows for $title', (action) => {
    const [head, , ...rows] = rowsBelow(action.title)

    expect(head.slice(1, 6)).toEqual(['Field', 'Required', 'Type', 'Default mapping', 'Description'])
    expect(rows.map(([, label, , type, , description]) => [label, type, description])).toEqual(
      Object.values(action.fields)
        .filter((field) => !field.unsafe_hidden)
        .map(({ label, type, description }) => [label, type, description])
    )
  })

  it('says what is required, and where a field comes from', () => {
    const rows = rowsBelow('Group Account').map((cells) => cells.slice(1, 5))

    expect(rows).toContainEqual(['Account ID', 'Yes', 'string', '`groupId`'])
    expect(rows).toContainEqual(['User ID', 'No', 'string', '`userId`'])
    expect(rows).toContainEqual(['Enable Batching', 'No', 'boolean', '`false`'])
  })

  it('explains errors in the words that the destination has for them', () => {
    const quoted = [...page.matchAll(/^### "(.+)"$/gm)].map(([, sentence]) => sentence)
    const folder = path.join(ROOT, 'src/destinations/astrolabe')
    const source = readdirSync(folder, { encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .join('\n')

    expect(quoted).toHaveLength(8)
    expect(quoted.filter((sentence) => !source.includes(sentence))).toEqual([])
  })

  it('leads to headings that it has', () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(' ', '-'))
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)

    expect(links).toEqual(['available-presets', 'troubleshooting'])
    expect(links.filter((link) => !anchors.includes(link))).toEqual([])
  })
})
