import nock from 'nock'

/** For the tests of this file, only what `nock` expects gets a response. */
export function stubNetwork(): void {
  beforeEach(() => {
    nock.disableNetConnect()
  })

  afterEach(() => {
    nock.cleanAll()
  })

  afterAll(() => {
    nock.restore()
  })
}
