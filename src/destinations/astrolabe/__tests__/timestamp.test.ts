import { isoTimestamp } from '../timestamp'
import dates from './fixtures/dates.json'

type Row = { what: string; given: string; sent: string }

const isConverted = ({ given, sent }: Row) => given !== sent

describe('a date that has exactly one meaning', () => {
  it.each(dates.filter(isConverted))('is converted to ISO 8601: $what, $given', ({ given, sent }: Row) => {
    expect(isoTimestamp(given)).toBe(sent)
  })
})

describe('any other text', () => {
  it.each(dates.filter((row) => !isConverted(row)))('is sent unchanged: $what, $given', ({ given, sent }: Row) => {
    expect(isoTimestamp(given)).toBe(sent)
  })

  it.each([undefined, '', ' \n'])('is left out if it is %j', (text: string | undefined) => {
    expect(isoTimestamp(text)).toBeUndefined()
  })

  it('is sent unchanged even if it is long', () => {
    const long = `Wed, 31 Jan 2024 12:00:00 GMT (${'('.repeat(100000)})`

    expect(isoTimestamp(long)).toBe(long)
  })
})
