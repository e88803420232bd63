// Segment's own rules (segmentio/action-destinations, .eslintrc.js) in today's ESLint, and a little stricter:
// what passes here passes there.
import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import jest from 'eslint-plugin-jest'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const EXTENSIONS = ['.ts', '.tsx', '.mts']

/** Which parts of src each part may import besides itself. The folder structure is described in CONTRIBUTING.md. */
const IMPORTS = {
  'index.ts': ['catalog'],
  catalog: ['destinations', 'secrets'],
  'destinations/astrolabe': [],
  cli: ['catalog', 'console/server', 'contract', 'delivery', 'formats', 'loopback', 'runtime', 'sandbox', 'secrets'],
  'console/client': ['console/server/api.ts'],
  'console/server': ['catalog', 'engage', 'loopback', 'memory', 'runtime', 'sandbox', 'source'],
  // The Spec and the names of Engage's traits need no Node.
  'console/web': ['console/client', 'console/server/api.ts', 'engage/computation.ts', 'source/spec'],
  contract: ['secrets'],
  delivery: ['formats', 'runtime'],
  engage: ['memory'],
  formats: [],
  loopback: [],
  memory: [],
  runtime: ['formats', 'secrets'],
  sandbox: ['formats', 'loopback', 'memory'],
  secrets: [],
  source: ['formats', 'loopback', 'memory']
}

/** @param {[string, string[]]} entry of `IMPORTS` */
function zonesOf([part, parts]) {
  return {
    target: `src/${part}`,
    from: 'src',
    except: [part, ...parts],
    message: `src/${part} may import ${parts.join(', ') || 'nothing else of src'}.`
  }
}

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
    files: ['test/**/*.ts', 'src/**/__tests__/*.ts'],
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
    files: ['src/console/web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended]
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': EXTENSIONS,
      'import-x/parsers': { '@typescript-eslint/parser': EXTENSIONS },
      'import-x/resolver-next': [createNodeResolver({ extensions: [...EXTENSIONS, '.js', '.json'] })]
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: Object.entries(IMPORTS).flatMap(zonesOf) }]
    }
  },
  {
    // An installation brings what these need, and nothing else.
    files: ['src/index.ts', 'src/catalog/**', 'src/destinations/**'],
    ignores: ['**/__tests__/**'],
    rules: { 'import-x/no-extraneous-dependencies': ['error', { devDependencies: false }] }
  },
  {
    // Segment's monorepo takes this folder and has nothing else.
    files: ['src/destinations/astrolabe/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!@segment/actions-core$|node:|\\.)' }] }] }
  },
  {
    files: ['src/destinations/astrolabe/**/__tests__/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!@segment/actions-core$|nock$|node:|\\.)' }] }]
    }
  },
  {
    // Each checks the destination, so neither may share code with it.
    files: ['src/sandbox/**/*.ts', 'src/contract/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^@segment/' }] }] }
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
