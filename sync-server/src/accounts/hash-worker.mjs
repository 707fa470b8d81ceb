// A thread of its own for passwords: each hash takes a core for tens of milliseconds, and whoever writes marks meanwhile
// must not wait for it. On Linux a priority is that of the calling thread alone; elsewhere it would be the whole server's.
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'

if (process.platform === 'linux') setPriority(5)

parentPort?.on('message', ({ password, options, hash }) => {
  parentPort?.postMessage(hash === undefined ? hashSync(password, options) : verifySync(hash, password), [])
})
