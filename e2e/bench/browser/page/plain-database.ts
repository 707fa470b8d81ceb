import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema } from 'rxdb'
import type { ProjectedSheet } from 'shared/journal/project'
import { ShortWrites } from '../../../../client/src/store/short-writes'

export type PlainDatabase = RxDatabase<{ sheets: RxCollection<ProjectedSheet> }>

const schema: RxJsonSchema<ProjectedSheet> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 100 },
    version: { type: 'number' },
    epoch: { type: 'string' },
    cells: { type: 'object' },
    own: { type: 'object' },
  },
  required: ['id', 'version', 'epoch', 'cells', 'own'],
}

/** The same RxDB over the same storage, as relaxed as the product keeps pages, with the sheets in it as they are: anybody could read them. */
export async function openPlainDatabase(name: string): Promise<PlainDatabase> {
  const database = await createRxDatabase<{ sheets: RxCollection<ProjectedSheet> }>({
    name,
    storage: new ShortWrites({ chromeTransactionDurability: 'relaxed' }),
    multiInstance: true,
    eventReduce: false,
  })
  await database.addCollections({ sheets: { schema } })
  return database
}
