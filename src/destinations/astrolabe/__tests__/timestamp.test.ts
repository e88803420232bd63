import { isoTimestamp } from '../timestamp'
import dates from './fixtures/dates.json'

type Row = { what: string; given: string; sent: string }

const isConverted = ({ given, sent }: Row) => given !== sent

describe('a date that has exactly one meaning', () => {
  it.each<Row>(dates.filter(isConverted))('is converted to ISO 8601: $what, $given', ({ given, sent }) => {
    expect(isoTimestamp(given)).toBe(sent)
  })
})

describe('any other text', () => {
  it.each<Row>(dates.filter((row) => !isConverted(row)))('is sent unchanged: $what, $given', ({ given, sent }) => {
    expect(isoTimestamp(given)).toBe(sent)
  })

  it.each<string | undefined>([undefined, '', ' \n'])('is left out if it is %j', (text) => {
    expect(isoTimestamp(text)).toBeUndefined()
  })

  it('is sent unchanged even if it is long', () => {
    const long = `Wed, 31 Jan 2024 12:00:00 GMT (${'('.repeat(100000)})`

    expect(isoTimestamp(long)).toBe(long)
  })
})
