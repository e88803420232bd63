const { projects } = require('../../jest.config.js')

const { transform, transformIgnorePatterns } = projects.find(({ displayName }) => displayName === 'tools')

/**
 * How `npm run mutation` runs tests: without those of `dist`, which has none of the faults.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  rootDir: '../..',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/', '<rootDir>/test/upstream/'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/cli/(process|deliver/(kill|shards)|explain/time-zones)\\.test\\.ts$'
  ],
  testEnvironment: 'node',
  testTimeout: 10_000,
  transform,
  transformIgnorePatterns
}
