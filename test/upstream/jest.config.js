const { projects } = require('../../jest.config')

const { transform, transformIgnorePatterns } = projects.find(({ displayName }) => displayName === 'tools')

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  testEnvironment: 'node',
  // Upstream's tools run as a whole in one test each.
  testTimeout: 300_000,
  testMatch: ['<rootDir>/test/upstream/checks/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/upstream/(node_modules|tree)/'],
  transform,
  transformIgnorePatterns
}
