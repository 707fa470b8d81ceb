import { StoreUnavailable } from '../store/store'
import { startFault } from './start-fault'

it.each([
  [{}, 'room on the disk of DATA_DIR'],
  [{ COUCHDB_URL: ' ' }, 'room on the disk of DATA_DIR'],
  [{ COUCHDB_URL: 'http://127.0.0.1:5984' }, 'Is COUCHDB_URL right'],
])('asks after the store that there is: %j', (env, says) => {
  const sentence = startFault(new StoreUnavailable('IO error: No space left on device'), env)
  expect(sentence).toContain('No space left on device')
  expect(sentence).toContain(says)
})

it.each([
  'Corruption: checksum mismatch',
  'Corruption: 1 missing files; e.g.: /data/store/journal-x-2026/000005.ldb',
  'IO error: /data/store/journal-x-2026/MANIFEST-000006: No such file or directory',
])('sends the operator of a damaged store to the backup: %s', (message) => {
  expect(startFault(new StoreUnavailable(message), {})).toContain('Restore it from the backup')
})
