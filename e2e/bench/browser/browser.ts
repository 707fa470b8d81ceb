import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Chromium with a profile on disk, as everybody has: in memory IndexedDB would cost nothing. */
export interface BenchBrowser {
  context: BrowserContext
  page: Page
  profile: string
  close(): Promise<void>
}

interface Options {
  /** A profile that outlives the browser; without, one that goes with it. */
  profile?: string
  /** Where the bench's page speaks to another address: neither ours nor the reference pays for asking leave. */
  crossOrigin?: boolean
}

export async function openBrowser({ profile: kept, crossOrigin }: Options = {}): Promise<BenchBrowser> {
  const profile = kept ?? (await newProfile())
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    ...(crossOrigin ? { bypassCSP: true } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(crossOrigin ? ['--disable-web-security'] : []),
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    context,
    page,
    profile,
    async close() {
      await context.close()
      if (!kept) await rm(profile, { recursive: true, force: true })
    },
  }
}

export function newProfile(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'zvonok-bench-profile-'))
}
