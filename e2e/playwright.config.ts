import { defineConfig } from '@playwright/test'

const report = process.env['E2E_REPORT']

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  // Each story has a server and a browser profile of its own; two at once is what two cores carry. On one CouchDB
  // (`E2E_COUCHDB_URL`) they come one after the other, since each begins with an empty store.
  workers: process.env['E2E_COUCHDB_URL'] ? 1 : 2,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  outputDir: './test-results',
})
