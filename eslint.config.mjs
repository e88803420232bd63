// Segment's own rules (segmentio/action-destinations, .eslintrc.js) in today's ESLint, and a little stricter:
// what passes here passes there.
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import jest from 'eslint-plugin-jest'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  // The stand-in of Segment's monorepo has their settings.
  { ignores: ['node_modules', 'dist', 'build', 'coverage', 'test/upstream/tree'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }
      ],
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportSpecifier[importKind="type"]', message: 'Write `import type { … }`.' },
        { selector: 'PropertyDefinition > PrivateIdentifier.key', message: 'Write `private`, as everywhere here.' },
        { selector: 'MethodDefinition > PrivateIdentifier.key', message: 'Write `private`, as everywhere here.' }
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off'
    }
  },
  {
    // Served to the browser as it is.
    files: ['src/console/web/public/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } }
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/browser/**'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/valid-title': ['error', { mustNotMatch: ['\\.$', 'A title has no full stop.'] }],
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off'
    }
  },
  {
    // Segment's monorepo takes this folder alone.
    files: ['src/destinations/astrolabe/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!@segment/actions-core$|node:|\\./|\\.\\./[^.])', message: 'Not in the monorepo.' }] }
      ]
    }
  },
  {
    files: ['src/destinations/astrolabe/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!@segment/actions-core$|node:|\\./)' }] }] }
  },
  {
    // The sandbox checks the destination, and the runtime runs any destination: neither knows this one.
    files: ['src/sandbox/**/*.ts', 'src/runtime/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: 'destinations|catalog|/contract/' }] }] }
  },
  {
    // The check knows the contract alone: what it shared with either side of it, it could not see.
    files: ['src/contract/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@segment/|^(\\.\\./)+(destinations|sandbox|runtime|cli|catalog|index)(/|$)' }] }
      ]
    }
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', process: 'readonly', __dirname: 'readonly' }
    }
  },
  prettier,
  // Prettier's settings turn `curly` off; it conflicts only with the "multi-line" and "multi-or-nest" options.
  { files: ['**/*.{ts,tsx}'], rules: { curly: 'error' } }
)
