import { nodeProblem } from '../../src/cli/node-version'

describe('the version of Node', () => {
  it.each(['18.20.4', '20.18.3', '16.0.0'])('is too old if it is %s', (version) => {
    expect(nodeProblem(version)).toBe(`astrolabe-segment needs Node 20.19 or newer, and this is Node ${version}.`)
  })

  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('is fine if it is %s', (version) => {
    expect(nodeProblem(version)).toBeUndefined()
  })
})
