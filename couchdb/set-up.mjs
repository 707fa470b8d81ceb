import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Couch } from './couch.mjs'
import { designDocuments, kindOf } from './design-documents.mjs'

// npm run couch:set-up -- [--node host:port …] [journal-<school>-<year> …]
// Brings a CouchDB to where the sync server needs it, and may be run again at any time: after an upgrade, for a new
// school year, after a node was added.

const role = 'zvonok-sync'
const { COUCHDB_ADMIN_URL, SYNC_USER = 'zvonok-sync', SYNC_PASSWORD } = process.env
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: 'string', multiple: true, default: [] } },
})

try {
  await setUp()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function setUp() {
  if (!COUCHDB_ADMIN_URL) {
    throw new Error(
      'Set COUCHDB_ADMIN_URL to the address of CouchDB with its administrator: http://admin:password@host:5984',
    )
  }
  for (const name of positionals) {
    if (kindOf(name) !== 'journal')
      throw new Error(`${name} is no name for a journal: journal-<school>-<year>`)
  }
  const couch = new Couch(COUCHDB_ADMIN_URL)
  const { version } = await couch.ask('GET', '/')
  if (!(Number.parseInt(version, 10) >= 3)) throw new Error(`CouchDB 3 is needed, this is ${version}.`)
  await joinNodes(couch)
  await shutAnonymousOut(couch)
  const password = await ensureAccount(couch)
  const journals = (await couch.ask('GET', '/_all_dbs')).filter((name) => kindOf(name) === 'journal')
  for (const database of new Set(['accounts', ...journals, ...positionals]))
    await ensureDatabase(couch, database)
  if (password) await checkAccount(password)
}

/** Joins the other nodes of a cluster, and makes the system databases where they are missing. */
async function joinNodes(couch) {
  for (const node of values.node) {
    const [host, port = '5984'] = node.split(':')
    const { username, password } = couch
    const join = { action: 'add_node', host, port: Number(port), username, password }
    // A node that is there already answers 409.
    const { status, body } = await couch.try('POST', '/_cluster_setup', join)
    if (status !== 409 && status >= 300)
      throw new Error(`${node} could not be joined: ${body?.reason ?? status}`)
    say(status === 409 ? `${node} is in the cluster` : `${node} joined the cluster`)
  }
  // Gives all nodes the same administrators and secret. It says no to a cluster that has its system databases.
  if (values.node.length > 0) await couch.try('POST', '/_cluster_setup', { action: 'finish_cluster' })
  for (const database of ['_users', '_replicator']) await couch.ensure(`/${database}`)
}

/** On every node: nobody reads without an account, and the sync server's finds its journals by name. */
async function shutAnonymousOut(couch) {
  const { cluster_nodes: nodes } = await couch.ask('GET', '/_membership')
  const settings = {
    require_valid_user: 'true',
    require_valid_user_except_for_up: 'true',
    admin_only_all_dbs: 'false',
  }
  for (const node of nodes) {
    for (const [key, value] of Object.entries(settings)) {
      const path = `/_node/${node}/_config/chttpd/${key}`
      const { body } = await couch.try('GET', path)
      if (body !== value) await couch.ask('PUT', path, value)
    }
  }
}

/** The sync server's account: it reads and writes documents, and is no administrator of anything. */
async function ensureAccount(couch) {
  const path = `/_users/org.couchdb.user:${encodeURIComponent(SYNC_USER)}`
  const { status, body: there } = await couch.try('GET', path)
  const isThere = status === 200
  if (isThere && !SYNC_PASSWORD) {
    say(`account ${SYNC_USER} is there, with the password it has`)
    return null
  }
  const password = SYNC_PASSWORD ?? randomBytes(24).toString('base64url')
  if (isThere && (await couch.as(SYNC_USER, password).try('GET', '/_session')).status === 200) {
    say(`account ${SYNC_USER} is there`)
    return password
  }
  await couch.ask('PUT', path, {
    ...(isThere ? there : {}),
    type: 'user',
    name: SYNC_USER,
    roles: [role],
    password,
  })
  say(`account ${SYNC_USER} ${isThere ? 'has the new password' : 'created'}`)
  if (!SYNC_PASSWORD) say(`COUCHDB_URL=${couch.as(SYNC_USER, password).url}   (shown only now)`)
  return password
}

async function ensureDatabase(couch, database) {
  const isNew = await couch.ensure(`/${database}`)
  const security = { admins: { names: [], roles: ['_admin'] }, members: { names: [], roles: [role] } }
  const { body: secured } = await couch.try('GET', `/${database}/_security`)
  if (JSON.stringify(secured) !== JSON.stringify(security))
    await couch.ask('PUT', `/${database}/_security`, security)
  for (const design of designDocuments(database)) await ensureDesign(couch, database, design)
  say(`${database} ${isNew ? 'created' : 'is there'}`)
}

async function ensureDesign(couch, database, design) {
  const path = `/${database}/${design._id}`
  const { status, body: there } = await couch.try('GET', path)
  if (status === 200 && JSON.stringify(there.views) === JSON.stringify(design.views)) return
  await couch.ask('PUT', path, { ...design, ...(status === 200 ? { _rev: there._rev } : {}) })
}

/** What the sync server will do first. */
async function checkAccount(password) {
  const account = new Couch(COUCHDB_ADMIN_URL).as(SYNC_USER, password)
  const names = await account.ask('GET', '/_all_dbs')
  if (!names.includes('accounts')) throw new Error(`${SYNC_USER} does not see the databases.`)
  await account.ask('GET', '/accounts/_changes?limit=1')
}

function say(sentence) {
  process.stdout.write(`${sentence}\n`)
}
