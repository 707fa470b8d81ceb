// Changes the rules one by one and asks whether a test notices: `npm run mutate`, or for one file
// `npm run mutate -- --mutate shared/src/journal/judge.ts`. Paths are from the root of the repository.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['shared/src/journal/**/*.ts', '!shared/src/**/*.test.ts'],
  ignorePatterns: ['**', '!shared/**', '!package.json', '!jest.config.mjs'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  // One file of tests belongs to everything: which of them to run is told by coverage instead.
  jest: { configFile: 'shared/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 5000,
  // Jest keeps some memory of every run.
  maxTestRunnerReuse: 60,
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  // What has neither changed nor got another test is not run again; `--force` runs all of it.
  incremental: true,
  incrementalFile: 'shared/mutation/results/incremental.json',
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
  jsonReporter: { fileName: 'shared/mutation/results/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
