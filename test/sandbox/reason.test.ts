import { reasonOf } from '../../src/sandbox/messages/reason'

describe('the reason for a rejection by a schema', () => {
  it("is told in the validator's own words if the rule has no sentence of its own", () => {
    const error = {
      keyword: 'maxLength',
      instancePath: '/userId',
      schemaPath: '#/properties/userId/maxLength',
      params: { limit: 5 },
      message: 'must NOT have more than 5 characters'
    }
    expect(reasonOf([error], 'message')).toBe('userId must NOT have more than 5 characters')
  })
})
