import type Nock from 'nock'

/**
 * The destination's own tests travel to Segment's monorepo, whose set-up takes the network away from every test and
 * cleans up behind it. The other tests here use sockets of this machine.
 */
// eslint-disable-next-line jest/no-standalone-expect -- it expects nothing: only jest's state tells the suite.
if (expect.getState().testPath?.includes('/src/destinations/')) {
  const nock = jest.requireActual<typeof Nock>('nock')

  beforeAll(() => nock.disableNetConnect())

  beforeEach(() => nock.cleanAll())

  afterAll(() => nock.restore())
}
