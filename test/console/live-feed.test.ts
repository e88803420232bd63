import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { LiveHello, LiveUpdate, MessageSummary } from '../../src/console/server/api'
import { LiveFeed } from '../../src/console/server/live-feed'

const MEGABYTE = 1024 * 1024

let feed: LiveFeed
/** Characters of each message's title. */
let titleLength: number

beforeEach(() => {
  jest.useFakeTimers()
  titleLength = 1
  const summaryOf = (id: string) => ({ id, title: 'x'.repeat(titleLength) }) as MessageSummary
  feed = new LiveFeed({ run: 'run', summaryOf })
})

afterEach(() => {
  feed.close()
  jest.useRealTimers()
})

/** A page whose connection takes nothing, so that everything waits in the server's memory. */
function connect(lastEventId?: string) {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  const written: string[] = []
  const write = response.write.bind(response) as (text: string) => boolean
  jest.spyOn(response, 'write').mockImplementation((text: unknown) => {
    written.push(String(text))
    return write(String(text))
  })
  feed.connect(response, lastEventId)
  return { response, written }
}

/** One update, about one message. */
function update(): void {
  feed.messageChanged('1')
  jest.advanceTimersByTime(250)
}

const dataOf = <T>(event: string) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '') as T

describe('a page that listens to the live feed', () => {
  it('gets an update every quarter of a second if something has changed', () => {
    const { written } = connect()
    jest.advanceTimersByTime(1000)
    expect(written).toHaveLength(1)

    feed.messageChanged('1')
    feed.changed('users')
    jest.advanceTimersByTime(249)
    expect(written).toHaveLength(1)
    jest.advanceTimersByTime(1)
    expect(written.slice(1).map(dataOf<LiveUpdate>)).toEqual([
      { messages: [{ id: '1', title: 'x' }], omitted: 0, changed: ['users'] }
    ])
  })

  it('gets a comment every 15 s, which keeps the connection open', () => {
    const { written } = connect()
    jest.advanceTimersByTime(30_000)

    expect(written.slice(1)).toEqual([': still here\n\n', ': still here\n\n'])
  })

  it('is forgotten once it is closed', () => {
    const { response, written } = connect()
    response.emit('close')
    update()

    expect(written).toHaveLength(1)
  })

  it('is disconnected once 1 MB waits for it, and no other page is', () => {
    const slow = connect()
    titleLength = MEGABYTE
    update()
    const quick = connect()
    titleLength = 1
    update()
    update()

    expect([slow.response.destroyed, slow.written.length]).toEqual([true, 2])
    expect([quick.response.destroyed, quick.written.length]).toEqual([false, 3])
  })

  it('gets what it missed within half a minute if it comes back', () => {
    update()
    Array.from({ length: 120 }, update)
    const isFresh = (id: string) => dataOf<LiveHello>(connect(id).written[0]).isFresh

    expect(['run:0', 'run:1', 'run:121', 'run:122'].map(isFresh)).toEqual([false, true, true, false])
    expect(
      connect('run:120')
        .written.slice(1)
        .map(dataOf<LiveUpdate>)
    ).toMatchObject([{ messages: [{ id: '1' }] }])
    expect(connect('run:121').written).toHaveLength(1)
  })
})

describe('a live feed that is closed', () => {
  it('ends its streams and leaves no timer', () => {
    const { response } = connect()
    feed.close()

    expect([response.writableEnded, jest.getTimerCount()]).toEqual([true, 0])
  })
})
