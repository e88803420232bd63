/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/(dist|build)/', '<rootDir>/test/upstream/(node_modules|tree)/']
}

/** The destination's own tests, as Segment's monorepo runs them: with ts-jest, and without a network. */
const destination = {
  ...shared,
  displayName: 'destination',
  roots: ['<rootDir>/src/destinations'],
  // The snapshots are in the format of Segment's older jest, which runs them: `npm run test:upstream`.
  testMatch: ['**/__tests__/!(snapshot).test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/setup-after-env.ts'],
  transform: { '^.+\\.ts$': 'ts-jest' }
}

/**
 * All other tests, except those with runners of their own: `npm run test:upstream`, `npm run test:pack` and
 * `npm run test:browser`.
 */
const tools = {
  ...shared,
  displayName: 'tools',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/!(upstream|pack|browser)/**/*.test.ts'],
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
  // It can only be imported.
  moduleNameMapper: { '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js' },
  // They are ES modules only.
  transformIgnorePatterns: [
    'node_modules/(?!(fauxqs|agent-base|https-proxy-agent|proxy-agent-negotiate|ky|entities|markdown-table|wrap-ansi|ansi-regex|ansi-styles|emoji-regex|get-east-asian-width|string-width|strip-ansi)/)'
  ],
  // Its own tests cover it. Two compilers' counts of one file can't be added up.
  coveragePathIgnorePatterns: ['/node_modules/', '<rootDir>/src/destinations/']
}

/** @type {import('jest').Config} */
module.exports = {
  projects: [destination, tools],
  // All cores: jest leaves one free otherwise, which is half of them on a machine with two.
  maxWorkers: '100%',
  // Suites share the cores with each other and with whatever else runs.
  testTimeout: 30_000,
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
