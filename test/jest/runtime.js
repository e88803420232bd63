const { default: Runtime } = require('jest-runtime')

/**
 * Copies the coverage of a test file as JSON. Jest copies it property by property, which takes a tenth of the time of
 * all tests together.
 */
class RuntimeWithQuickCoverage extends Runtime {
  getAllCoverageInfoCopy() {
    const { __coverage__: coverage } = this._environment.global
    return coverage && JSON.parse(JSON.stringify(coverage))
  }
}

module.exports = RuntimeWithQuickCoverage
