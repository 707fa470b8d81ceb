import { ConfigFault, readConfig } from '../config'
import { standWhereAsked } from '../start/stand-where-asked'
import { startFault } from '../start/start-fault'
import { NothingToVerify, verifyAll } from './verify-all'

// npm run verify -w sync-server [-- <journal> …]: checks every chain, signature, fold and anchor. Exit 1: a fault; 2: it
// could not be asked, or there is nothing to ask.
try {
  standWhereAsked(process.env)
  const sound = await verifyAll(readConfig(process.env), process.argv.slice(2), (line) => console.log(line))
  process.exitCode = sound ? 0 : 1
} catch (error) {
  const isForeseen = error instanceof ConfigFault || error instanceof NothingToVerify
  console.error(isForeseen ? error.message : startFault(error, process.env))
  process.exitCode = 2
}
