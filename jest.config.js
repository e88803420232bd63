/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // All cores: jest leaves one free otherwise, which is half of them on a machine with two.
  maxWorkers: '100%',
  // Suites share the cores with each other and with whatever else runs.
  testTimeout: 30_000,
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/', '<rootDir>/test/upstream/(node_modules|tree)/'],
  // They have runners of their own: `npm run test:upstream`, `npm run test:pack`, `npm run test:browser`. The snapshots
  // of the destination are in the format of Segment's older jest, which runs them.
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(upstream|pack|browser)/',
    '__tests__/snapshot\\.test\\.ts$'
  ],
  setupFilesAfterEnv: ['<rootDir>/test/setup-after-env.ts'],
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // ky, p-retry and what they stand on are ES modules only.
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline'
      }
    ]
  },
  transformIgnorePatterns: ['node_modules/(?!(ky|p-retry|is-network-error)/)'],
  collectCoverageFrom: ['src/**/*.ts', '!src/**/generated-types.ts', '!src/**/__tests__/**', '!src/console/web/**'],
  coverageThreshold: {
    global: { lines: 95, branches: 95, functions: 95, statements: 95 },
    './src/destinations/astrolabe/': { lines: 100, branches: 100, functions: 100, statements: 100 },
    // A floor below what the tests cover today: raise these as tests are added, and delete them at 95. The browser's tests don't count.
    './src/cli/': { lines: 80, branches: 65, functions: 75, statements: 80 },
    './src/console/server/': { lines: 95, branches: 74, functions: 95, statements: 95 },
    './src/delivery/': { lines: 85, branches: 75, functions: 80, statements: 85 }
  }
}
