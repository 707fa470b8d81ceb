import { createDatabase, deleteDatabase, putLocal, restoreLines } from 'couchdb/restore.mjs'
import { linesOf, localsOf } from 'couchdb/backup.mjs'
import { CouchServer } from '../store/couch-server'

const couchdb = process.env.COUCHDB_URL ?? ''
const describeWithCouch = couchdb ? describe : describe.skip

describeWithCouch('a database of a CouchDB, backed up and restored', () => {
  const mark = Date.now().toString(36)
  const [from, to] = [`journal-backup${mark}-2026`, `journal-restored${mark}-2026`]
  let server: CouchServer
  beforeAll(async () => {
    server = new CouchServer(couchdb)
    await createDatabase(couchdb, from)
    await createDatabase(couchdb, to)
    const leaf = (rev: string, value: string) => ({
      _id: 'lesson:1',
      _revisions: { start: 2, ids: [rev, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'] },
      value,
    })
    const docs = [
      leaf('cccccccccccccccccccccccccccccccc', 'one copy'),
      leaf('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'another copy'),
      // Line ends of other scripts must not break a line of the backup.
      ...Array.from({ length: 250 }, (_, n) => ({
        _id: `lesson:x${n}`,
        _revisions: { start: 1, ids: ['d'.repeat(32)] },
        text: 'Тема\u2028и\u2029ещё 🎓',
      })),
    ]
    await server.ask({ db: from, path: '_bulk_docs', method: 'post', body: { docs, new_edits: false } })
    await putLocal(couchdb, from, 'epoch', { id: 'E1', past: [] })
    await putLocal(couchdb, from, 'anchored-abc/1', { last: 'x' })
  }, 60_000)
  afterAll(async () => {
    await server.close()
    await deleteDatabase(couchdb, from)
    await deleteDatabase(couchdb, to)
  }, 60_000)

  const allOf = (db: string) =>
    server.ask({ db, path: '_all_docs', qs: { include_docs: true, conflicts: true } })

  it('S2 comes back with every leaf and revision, and what servers noted of it', async () => {
    await restoreLines(couchdb, to, linesOf(couchdb, from))
    expect(await allOf(to)).toEqual(await allOf(from))
    const lesson = await server.ask({ db: to, path: 'lesson:1', qs: { conflicts: true } })
    expect(lesson).toMatchObject({
      _rev: '2-cccccccccccccccccccccccccccccccc',
      _conflicts: ['2-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'],
    })
    const locals = await localsOf(couchdb, from)
    expect(locals).toEqual({ epoch: { id: 'E1', past: [] }, 'anchored-abc/1': { last: 'x' } })
  }, 60_000)

  it('is not put over another', async () => {
    await expect(restoreLines(couchdb, from, linesOf(couchdb, to))).rejects.toThrow('is not empty')
    expect(await createDatabase(couchdb, from)).toBe(false)
  }, 60_000)
})
