import { CONNECTION_FAULTS, RESPONSE_FAULTS } from './every-fault'
import type { FaultCase } from './fault-case'
import { startWithFault } from './fault-case'
import type { FaultyAstrolabe } from './faulty-astrolabe'
import { holdTimersOf } from '../held-timers'

/** The check of a pasted key, which customers meet first. */
const UNCHECKED =
  'Credentials are invalid:  The API key could not be checked, because Astrolabe is not available. The key may be correct. Try again in a few minutes.'

/** Responses about the key, or about the empty message that checks it. */
const ABOUT_THE_KEY = /^status=(2..|400|401|403|422|501)|^echo|^results|every=1$/

let astrolabe: FaultyAstrolabe

afterEach(async () => {
  jest.restoreAllMocks()
  await astrolabe.close()
})

async function check(row: FaultCase): Promise<string> {
  astrolabe = await startWithFault(row, holdTimersOf(10_000))
  return astrolabe.checkKey()
}

describe('the check of a key', () => {
  it.each([...RESPONSE_FAULTS, ...CONNECTION_FAULTS].filter(({ fault }) => !ABOUT_THE_KEY.test(fault)))(
    'does not call the key wrong: $fault',
    async (row) => {
      expect(await check(row)).toBe(UNCHECKED)
    }
  )

  it.each([...RESPONSE_FAULTS, ...CONNECTION_FAULTS].filter(({ fault }) => /^status=40[13]/.test(fault)))(
    "reports Astrolabe's own verdict: $fault",
    async (row) => {
      const [, message] = row.single

      expect(await check(row)).toBe(`Credentials are invalid:  ${message}`)
    }
  )
})
