import { config } from 'zod/mini'

// The page may not compile code from text (Content-Security-Policy), and need not try.
config({ jitless: true })
