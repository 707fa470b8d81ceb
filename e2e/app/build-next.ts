import { build, type Plugin } from 'vite'

// Builds the application as it is, under the number of a version to come: `node --import tsx e2e/app/build-next.ts FOLDER`.
const [outDir] = process.argv.slice(2)
if (!outDir) throw new Error('where to?')

const nextVersion: Plugin = {
  name: 'next-version',
  enforce: 'pre',
  transform(code, id) {
    if (!/[/\\]client[/\\]package\.json$/.test(id)) return null
    return JSON.stringify({ ...(JSON.parse(code) as object), version: '99.0.0' })
  },
}

await build({
  root: new URL('../../client', import.meta.url).pathname,
  logLevel: 'error',
  plugins: [nextVersion],
  build: { outDir, emptyOutDir: true },
})
