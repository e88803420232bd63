import { createNotes } from '../../../src/cli/deliver/notes'
import type { Notice } from '../../../src/delivery/notice'

const retry = (line: number, reason: string): Notice => ({
  kind: 'retry',
  at: { file: 'events.ndjson', unit: 'line', line },
  reason
})

const settled: Notice = {
  kind: 'settled',
  result: { file: 'events.ndjson', unit: 'line', line: 1, outcome: 'delivered', attempts: 1, raw: '{}' }
}
const outage = (seconds: number): Notice => ({
  kind: 'outage',
  milliseconds: seconds * 1000,
  every: seconds * 125
})

describe('what is said during a run', () => {
  it('names an outage each time that it has lasted twice as long, and its end', () => {
    const noteOf = createNotes()
    const over: Notice = { kind: 'outage over', milliseconds: 250_000 }

    expect([outage(30), outage(59), outage(60), outage(70), outage(240), over, outage(30)].map(noteOf)).toEqual([
      'Astrolabe has not responded for 30 s. Trying again every 4 s.',
      undefined,
      'Astrolabe has not responded for 1 min. Trying again every 8 s.',
      undefined,
      'Astrolabe has not responded for 4 min. Trying again every 30 s.',
      'Astrolabe responds again, after 4 min 10 s.',
      'Astrolabe has not responded for 30 s. Trying again every 4 s.'
    ])
  })

  it('names each reason for a retry once, with its first event', () => {
    const noteOf = createNotes()

    expect([retry(1, 'Down.'), retry(2, 'Down.'), retry(3, 'Busy.'), retry(4, 'Down.')].map(noteOf)).toEqual([
      'events.ndjson, line 1: trying again. Down.',
      undefined,
      'events.ndjson, line 3: trying again. Busy.',
      undefined
    ])
  })

  it('ends after 20 reasons', () => {
    const noteOf = createNotes()

    const notes = Array.from({ length: 30 }, (_, index) => noteOf(retry(index, `Request ${index} failed.`)))

    expect(notes.filter(Boolean)).toHaveLength(20)
  })

  it('says once that more than 1,000 events were delivered without filters', () => {
    const notesOf = (isUnfiltered: boolean) =>
      Array.from({ length: 3000 }, () => settled).map(createNotes(isUnfiltered))

    expect(notesOf(false).filter(Boolean)).toEqual([])
    expect(notesOf(true).flatMap((note, index) => (note ? [index, note] : []))).toEqual([
      1000,
      "More than 1,000 events go to Astrolabe, and Segment's destination filters are not applied: add --filters FILE if the destination has any."
    ])
  })

  it('names a wait if it is longer than those before', () => {
    const noteOf = createNotes()

    const notes = [2000, 2000, 1000, 7000].map((milliseconds) => noteOf({ kind: 'pause', milliseconds }))

    expect(notes).toEqual(['Astrolabe asks to wait 2 s.', undefined, undefined, 'Astrolabe asks to wait 7 s.'])
  })
})
