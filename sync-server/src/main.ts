import { ConfigFault, readConfig } from './config'
import { startServer } from './start/start-server'
import { startFault } from './start/start-fault'

const print = (line: string) => void process.stdout.write(`${line}\n`)

try {
  const server = await startServer(readConfig(process.env), print)
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // A second one is somebody in a hurry: everything acknowledged is on disk already.
      if (stopping) process.exit(1)
      stopping = true
      void server.stop().then(() => process.exit(0))
    })
  }
} catch (error) {
  const said = error instanceof ConfigFault ? error.message : startFault(error, process.env)
  process.stderr.write(`${said}\n`)
  process.exit(1)
}
