import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import request from 'supertest'
import { clientFiles } from './client-files'
import { answerErrors } from './errors'

const log = { warn: () => undefined, error: () => undefined }

describe('the built application', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zvonok-client-'))
  const app = express().use(clientFiles(folder)).use(answerErrors(log))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Звонок</title>')
  writeFileSync(join(folder, 'service-worker.js'), '// worker')
  writeFileSync(join(folder, 'assets/index-Dqf7Ii14.js'), '// code')
  afterAll(() => rmSync(folder, { recursive: true }))

  test('what carries a hash is kept for a year; the page and the service worker are asked for every time', async () => {
    const cached = async (path: string) => (await request(app).get(path).expect(200)).get('Cache-Control')
    expect(await cached('/assets/index-Dqf7Ii14.js')).toBe('public, max-age=31536000, immutable')
    for (const path of ['/', '/index.html', '/service-worker.js']) expect(await cached(path)).toBe('no-cache')
  })

  test('every address of the application is the page, and a missing file is missing', async () => {
    const page = await request(app).get('/journal/m5/2026-09-16').expect(200)
    expect(page.text).toContain('Звонок')
    for (const path of ['/assets/index-old.js', '/../config.ts', '/assets/..%2f..%2fetc%2fpasswd.txt']) {
      expect((await request(app).get(path)).status).toBe(404)
    }
  })
})
