import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'

// Packages that ship ES modules only: Jest runs them through swc too.
const esModules = [
  '@noble',
  '@scure',
  'wouter',
  'regexparam',
  'mitt',
  'rxdb',
  'dexie',
  'p-queue',
  'canonicalize',
  'age-encryption',
]

const common = {
  transform: {
    '\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, importAttributes: true },
          transform: { react: { runtime: 'automatic' } },
          experimental: { keepImportAttributes: false },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  moduleNameMapper: {
    '^shared/(.*\\.json)$': '<rootDir>/../shared/src/$1',
    '^shared/(.*)$': '<rootDir>/../shared/src/$1',
  },
}

function project(name, extra = {}) {
  const folder = new URL(`./${name}/`, import.meta.url).pathname
  return {
    ...common,
    displayName: name,
    rootDir: folder,
    testMatch: [`${folder}**/*.test.{ts,tsx}`],
    ...extra,
  }
}

const folders = new Set(readdirSync(new URL('.', import.meta.url)))
export default {
  // With one worker everything runs in Jest's own process, whose heap grows by every file until half the time is spent on it.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  workerIdleMemoryLimit: '700MB',
  // A machine under load is no fault of a test: only one that hangs is ended.
  testTimeout: 60_000,
  projects: [
    project('shared', { testEnvironment: 'node' }),
    project('sync-server', { testEnvironment: 'node' }),
    ...(folders.has('couchdb') ? [project('couchdb', { testEnvironment: 'node' })] : []),
    project('client', {
      moduleNameMapper: { ...common.moduleNameMapper, '\\.css$': '<rootDir>/src/test-style.ts' },
      testEnvironment: '<rootDir>/src/test-environment.ts',
      setupFilesAfterEnv: ['<rootDir>/src/test-setup.ts'],
    }),
    project('e2e', {
      testEnvironment: 'node',
      testMatch: ['simulate', 'drill'].map(
        (part) => new URL(`./e2e/${part}/**/*.test.ts`, import.meta.url).pathname,
      ),
    }),
  ],
}
