import type { Role } from 'shared/people/directory-cells'
import type { DemoAccount } from './school'

interface OfficeMember {
  id: string
  last: string
  first: string
  middle: string
  roles: Role[]
}

/** Who runs the four-class school besides its sixteen teachers. The director is the one that the OneRoster files name. */
export const office: OfficeMember[] = [
  { id: 'h01', last: 'Орлов', first: 'Степан', middle: 'Андреевич', roles: ['director'] },
  { id: 'd01', last: 'Кузнецова', first: 'Ирина', middle: 'Александровна', roles: ['deputy'] },
  { id: 'a01', last: 'Новиков', first: 'Денис', middle: 'Сергеевич', roles: ['admin'] },
  { id: 'a02', last: 'Михайлова', first: 'Екатерина', middle: 'Олеговна', roles: ['admin'] },
  { id: 'q01', last: 'Попова', first: 'Светлана', middle: 'Николаевна', roles: ['secretary'] },
  { id: 'p01', last: 'Хасанова', first: 'Юлия', middle: 'Дмитриевна', roles: ['psychologist'] },
]

const sign = (
  login: string,
  person: string,
  name: string,
  roles: DemoAccount['roles'],
  note: string,
): DemoAccount => ({ login, password: `${login}-2026`, person, name, roles, note })

/** One sign-in for each part that somebody plays in a school. */
export const accounts: DemoAccount[] = [
  sign(
    'beryozina',
    't02',
    'Берёзина Ольга Петровна',
    ['teacher', 'homeroom'],
    'Математика в 5А и 9Б, классный руководитель 5А',
  ),
  sign('kim', 't14', 'Ким Элла Германовна', ['teacher'], 'География и биология в 5А, 9Б и 10А'),
  sign(
    'chernykh',
    't08',
    'Черных Анна Львовна',
    ['teacher'],
    'Алгебра и информатика в 10А, замены 16–17 ноября',
  ),
  sign(
    'korolyova',
    't01',
    'Королёва Марина Викторовна',
    ['teacher', 'homeroom'],
    'Учитель 1А: без отметок и домашних заданий',
  ),
  sign('kuznetsova', 'd01', 'Кузнецова Ирина Александровна', ['deputy'], 'Видит журналы всех классов'),
  sign(
    'orlov',
    'h01',
    'Орлов Степан Андреевич',
    ['director'],
    'Видит журналы всех классов, ничего не правит',
  ),
  sign('novikov', 'a01', 'Новиков Денис Сергеевич', ['admin'], 'Своих уроков и журналов нет'),
  sign('mikhailova', 'a02', 'Михайлова Екатерина Олеговна', ['admin'], 'Второй администратор'),
  sign('popova', 'q01', 'Попова Светлана Николаевна', ['secretary'], 'Своих уроков и журналов нет'),
  sign('khasanova', 'p01', 'Хасанова Юлия Дмитриевна', ['psychologist'], 'Своих уроков и журналов нет'),
  sign('alekseeva', 'g0046', 'Алексеева Зоя Ивановна', ['guardian'], 'Мама Марии Алексеевой, 5А'),
  sign('alekseev', 'g0047', 'Алексеев Пётр Егорович', ['guardian'], 'Папа Марии Алексеевой, 5А'),
  sign('masha', 's0027', 'Алексеева Мария Петровна', ['student'], 'Ученица 5А'),
]
