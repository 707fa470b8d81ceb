import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** RxDB's free storage prints an advertisement once a page load; its licence (Apache-2.0) lets us leave it out. */
function withoutAdvertisement(): Plugin {
  return {
    name: 'rxdb-without-advertisement',
    transform(code, id) {
      if (!id.includes('rx-storage-instance-dexie')) return null
      return code.replace(/\b(var|let) shownNonPremiumLog = false/, '$1 shownNonPremiumLog = true')
    },
  }
}

export default defineConfig({
  plugins: [
    withoutAdvertisement(),
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      injectRegister: false,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'] },
      manifest: {
        id: '/',
        name: 'Звонок — электронный журнал',
        short_name: 'Звонок',
        description: 'Журнал и дневник, которые работают и без сети',
        lang: 'ru',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        theme_color: '#1f5fbf',
        background_color: '#ffffff',
        icons: [
          { src: '/bell-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/bell-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/bell-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/bell.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
    }),
  ],
  // `light-dark()` stays as it is written.
  build: { cssTarget: ['chrome123', 'safari17.5', 'firefox120'], assetsInlineLimit: 0 },
  server: { proxy: { '/api': 'http://localhost:8080' } },
})
