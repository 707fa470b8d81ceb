import { anEntry } from 'shared/testing/small-school'
import type { Standing } from 'shared/journal/standing'
import type { SyncStatus } from '../../store/port'
import { badgeOf, type Badge } from './badge'
import type { Group, Unsettled } from './unsettled'

const calm: SyncStatus = {
  unsent: 0,
  waiting: 0,
  refused: 0,
  superseded: 0,
  lastSync: 1,
  state: 'idle',
  progress: null,
  storage: 'ok',
}
const own = (standing: Standing) => ({ entry: anEntry(), standing, elsewhere: false, n: 1, made: 1 })
const forDeputy = own({ is: 'waiting', for: 'deputy', why: 'late' })
const forLesson = own({ is: 'waiting', for: 'lesson' })

function badge(
  status: Partial<SyncStatus>,
  items: Unsettled[] = [],
  readsOnly = false,
  lastSync: string | null = '10:42',
) {
  const unsettled = new Map<Group, Unsettled[]>()
  for (const item of items) unsettled.set(item.is, [...(unsettled.get(item.is) ?? []), item])
  return badgeOf({ status: { ...calm, ...status }, unsettled, readsOnly, lastSync }, 'ru')
}
const waiting = (one: ReturnType<typeof own>): Unsettled => ({ is: 'waiting', ...one })
const refused: Unsettled = { is: 'out', ...own({ is: 'out', why: 'grade1-mark' }) }
const lost: Unsettled = { is: 'superseded', ...forDeputy, lost: [] }
const contested: Unsettled = { is: 'contested', ...forDeputy, cell: 'topic', heads: [] }

describe('OFF-12 the badge', () => {
  test.each<[string, Badge, string]>([
    ['all is at school', badge({}), '✓ Всё в школе, 10:42'],
    [
      'before the first contact it claims nothing',
      badge({}, [], false, null),
      '· Ещё не было связи со школой',
    ],
    ['offline is quiet and changes no sign', badge({ state: 'offline' }), '✓ Всё в школе, 10:42 · без сети'],
    [
      'unsent entries are only here',
      badge({ unsent: 12, state: 'offline' }),
      '↑ 12 записей на этом устройстве',
    ],
    [
      'while it sends it does not claim to have sent',
      badge({ unsent: 1, state: 'syncing' }),
      '↑ 1 запись на этом устройстве',
    ],
    [
      'entries wait for a deputy',
      badge({}, [waiting(forDeputy), waiting(forDeputy)]),
      '! 2 записи ждут завуча',
    ],
    [
      'what waits for a fact does not blame the deputy',
      badge({}, [waiting(forDeputy), waiting(forLesson)]),
      '! 2 записи ждут',
    ],
    ['a refusal comes first', badge({}, [refused, waiting(forDeputy)]), '✕ 1 запись не принята'],
    [
      'a refusal does not hide what is unsent',
      badge({ unsent: 3 }, [refused]),
      '✕ 1 запись не принята, ещё 3 записи на этом устройстве',
    ],
    ['a lost value', badge({}, [lost]), '⇄ 1 запись уступила'],
    ['a contested cell', badge({}, [contested]), '? 1 клетка ждёт вашего выбора'],
    [
      'full storage is louder than anything',
      badge({ storage: 'full', unsent: 2 }, [refused]),
      '✕ На устройстве кончилось место, ещё 2 записи на этом устройстве',
    ],
    ['a lost session says what to do', badge({ state: 'signed-out' }), '! Войдите снова'],
    ['an old app says what to do', badge({ state: 'too-old' }), '! Обновите приложение'],
    [
      'the first sync says how far it is',
      badge({ progress: { done: 320, total: 412 } }, [], false, null),
      '↓ Загрузка: 320 из 412',
    ],
    ['a family’s diary is updated, not sent', badge({}, [], true), '✓ Обновлено 10:42'],
  ])('%s', (_rule, says, expected) => {
    expect(`${says.sign} ${says.label}`).toBe(expected)
  })

  test.each<[string, Badge, string]>([
    ['the time of the last contact', badge({}), '10:42'],
    ['how much is only here', badge({ unsent: 12 }), '12'],
    ['a refusal and what is unsent beside it', badge({ unsent: 3 }, [refused]), '1 ↑3'],
    ['trouble needs no number', badge({ state: 'signed-out' }), ''],
  ])('has one number where there is no room for words: %s', (_rule, { short }, expected) => {
    expect(short).toBe(expected)
  })
})
