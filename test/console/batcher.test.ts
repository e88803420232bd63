import { Batcher } from '../../src/console/server/delivery/batcher'

const MEGABYTE = 1_000_000

let sent: number[][]

beforeEach(() => {
  jest.useFakeTimers()
  sent = []
})

afterEach(() => jest.useRealTimers())

/** Collects items that are as large as their numbers say. */
const createBatcher = (maxItems = 1000) =>
  new Batcher<number>(
    maxItems,
    (size) => size,
    (sizes) => sent.push(sizes)
  )

describe('a batch', () => {
  it('is sent a second after its first item', () => {
    const batcher = createBatcher()
    batcher.add(1)
    jest.advanceTimersByTime(600)
    batcher.add(2)
    jest.advanceTimersByTime(399)
    expect(sent).toEqual([])

    jest.advanceTimersByTime(1)
    batcher.add(3)
    jest.advanceTimersByTime(1000)
    expect(sent).toEqual([[1, 2], [3]])
  })

  it('is sent at once if it is full', () => {
    const batcher = createBatcher(2)
    ;[1, 2, 3].forEach((size) => batcher.add(size))

    expect([sent, jest.getTimerCount()]).toEqual([[[1, 2]], 1])
  })

  it('has at most 4 MB, unless one item alone has more', () => {
    const batcher = createBatcher()
    ;[3 * MEGABYTE, MEGABYTE, 1, 5 * MEGABYTE, 2].forEach((size) => batcher.add(size))
    jest.advanceTimersByTime(1000)

    expect(sent).toEqual([[3 * MEGABYTE, MEGABYTE], [1], [5 * MEGABYTE], [2]])
  })

  it('is not sent any more once the batcher is closed', () => {
    const batcher = createBatcher()
    batcher.add(1)
    batcher.close()

    expect([sent, jest.getTimerCount()]).toEqual([[], 0])
  })
})
