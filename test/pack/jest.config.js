const { projects } = require('../../jest.config')

const { transform } = projects.find(({ displayName }) => displayName === 'tools')

/** @type {import('jest').Config} */
module.exports = {
  rootDir: '../..',
  testEnvironment: 'node',
  // The package is built, packed and installed once, before the tests.
  testTimeout: 300_000,
  testMatch: ['<rootDir>/test/pack/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform
}
