import { ANSWERS } from './answers'
import { CONNECTIONS } from './connections'
import type { Row } from './expected'
import { astrolabeThatMeets } from './meet-fault'
import type { MisbehavingAstrolabe } from './misbehaving-astrolabe'
import { holdTimersOf } from './timers'

/** The check of a pasted key, which customers meet first. */
const UNCHECKED =
  'Credentials are invalid:  The API key could not be checked, because Astrolabe is not available. The key may be correct. Try again in a few minutes.'

/** Answers that say something about the key, or about the empty message that it is checked with. */
const WORDS = /^status=(2..|400|401|403|422|501)|^echo|^results|every=1$/

let astrolabe: MisbehavingAstrolabe

afterEach(async () => {
  jest.restoreAllMocks()
  await astrolabe.close()
})

async function check(row: Row): Promise<string> {
  astrolabe = await astrolabeThatMeets(row, holdTimersOf(10_000))
  return astrolabe.checkKey()
}

describe('a key that is checked while Astrolabe misbehaves', () => {
  it.each([...ANSWERS, ...CONNECTIONS].filter(({ fault }) => !WORDS.test(fault)))(
    'is not called wrong: $fault',
    async (row) => {
      expect(await check(row)).toBe(UNCHECKED)
    }
  )

  it.each([...ANSWERS, ...CONNECTIONS].filter(({ fault }) => /^status=40[13]/.test(fault)))(
    'is called what Astrolabe calls it: $fault',
    async (row) => {
      const [, message] = row.alone

      expect(await check(row)).toBe(`Credentials are invalid:  ${message}`)
    }
  )
})
