// Changes the rules one by one and asks whether a test notices: `npm run mutate`, or for one file
// `npm run mutate -- --mutate shared/src/journal/judge.ts`. Paths are from the root of the repository.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['shared/src/journal/**/*.ts', '!shared/src/**/*.test.ts'],
  ignorePatterns: ['**', '!shared/**', '!package.json'],
  // Under Mocha, not Jest: it loads the rules once for all mutants, Jest anew for each of two thousand.
  testRunner: 'mocha',
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunnerNodeArgs: ['--import', 'tsx'],
  mochaOptions: { spec: ['shared/mutation/all-tests.cjs'] },
  coverageAnalysis: 'perTest',
  // What only runs while a file is loaded (lists, shapes) needs a new process for each mutant: `STATIC=1 npm run mutate`.
  ignoreStatic: !process.env.STATIC,
  concurrency: 2,
  // Endless loops are found by counting. Waiting may take long: a busy machine must not pass for a test that noticed.
  timeoutMS: 60_000,
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
