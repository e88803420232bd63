import nock from 'nock'

/** As in Segment's monorepo: the destination's own tests have no network, and each finds nock as new. */
beforeAll(() => nock.disableNetConnect())

beforeEach(() => nock.cleanAll())

afterAll(() => nock.restore())
