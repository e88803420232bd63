const { transform, transformIgnorePatterns } = require('../../jest.config.js')

/**
 * How `npm run mutation` runs tests: without those of `dist`, which has none of the faults, and without the slowest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/', '<rootDir>/test/upstream/'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(upstream|pack|browser)/',
    '<rootDir>/test/cli/(process|deliver/(kill|shards))\\.test\\.ts$',
    '<rootDir>/test/destinations/astrolabe/(properties|request-url)\\.test\\.ts$',
    '__tests__/snapshot\\.test\\.ts$'
  ],
  setupFilesAfterEnv: ['<rootDir>/test/setup-after-env.ts'],
  testEnvironment: 'node',
  testTimeout: 10_000,
  transform,
  transformIgnorePatterns
}
