import { timeOf, dayOf } from 'shared/calendar/zone'
import type { Admission, Awaited, Doubt, Refusal } from 'shared/journal/receipt'
import type { Standing } from 'shared/journal/standing'
import type { ErrorCode } from 'shared/wire/errors'
import { dateLabel } from './dates'
import type { Language } from './text'

/** Why an entry can never become right (A1): what a teacher reads after «Не принято: …». */
export const refusalSentences: Record<Language, Record<Refusal, string>> = {
  ru: {
    shape: 'запись повреждена',
    'id-mismatch': 'содержание записи не совпадает с её подписью',
    'wrong-database': 'запись из журнала другой школы или другого года',
    'not-author': 'запись сделана под чужим именем',
    'no-such-sheet': 'такой страницы в журнале нет',
    'outside-year': 'день не входит в этот учебный год',
    'no-such-person': 'такого человека в журнале нет',
    'not-for-families': 'вносить записи могут только сотрудники школы',
    'not-in-journal': 'вы не числитесь в этом журнале',
    'kind-on-wrong-sheet': 'на этой странице таких записей не делают',
    'base-elsewhere': 'запись ссылается на другую клетку',
    'forbidden-value': 'такой отметки нет в шкале школы',
    'grade1-mark': 'в 1 классе отметок не ставят',
    'grade1-homework': 'в 1 классе домашних заданий не задают',
    backdating: 'в этом классе отметки задним числом не ставят',
    'nothing-to-choose': 'выбирать уже не из чего: значение одно',
  },
  en: {
    shape: 'the entry is damaged',
    'id-mismatch': 'the content does not match the signature of the entry',
    'wrong-database': 'the entry belongs to the journal of another school or year',
    'not-author': 'the entry was made in somebody else’s name',
    'no-such-sheet': 'the journal has no such page',
    'outside-year': 'the day is outside this school year',
    'no-such-person': 'the journal knows no such person',
    'not-for-families': 'only school staff make entries',
    'not-in-journal': 'you are not on the list of this journal',
    'kind-on-wrong-sheet': 'such entries are not made on this page',
    'base-elsewhere': 'the entry refers to another cell',
    'forbidden-value': 'the school’s scale has no such mark',
    'grade1-mark': 'no marks are given in grade 1',
    'grade1-homework': 'no homework is set in grade 1',
    backdating: 'marks are not given for past days in this grade',
    'nothing-to-choose': 'there is only one value left, nothing to choose from',
  },
}

/** What an entry waits for (A1, A2, A5): «Ждёт: …». */
export const awaitedSentences: Record<Language, Record<Awaited, string>> = {
  ru: {
    right: 'эту страницу ведёт другой учитель',
    lesson: 'урока в это время нет в расписании',
    base: 'ещё не пришла запись, на которую она опирается',
    column: 'ещё не пришла колонка работы',
    student: 'ученика нет в списке этой группы на день урока',
    deputy: 'ждёт решения завуча',
    batch: 'ждёт остальных записей этого действия',
  },
  en: {
    right: 'another teacher keeps this page',
    lesson: 'the timetable has no lesson at this time',
    base: 'the entry that it builds on has not arrived yet',
    column: 'the work column has not arrived yet',
    student: 'the student is not on the list of this group on that day',
    deputy: 'waits for the deputy’s decision',
    batch: 'waits for the other entries of this action',
  },
}

/** Why a deputy has to look at it (A2, T3). */
export const doubtSentences: Record<Language, Record<Doubt, string>> = {
  ru: {
    late: 'сделана после срока',
    'late-delivery': 'слишком долго не попадала в школу',
    'time-unknown': 'время записи нельзя проверить',
    'before-lesson': 'сделана до начала урока',
    'closed-term': 'период уже закрыт',
  },
  en: {
    late: 'made after its deadline',
    'late-delivery': 'took too long to reach the school',
    'time-unknown': 'the time it was made cannot be proved',
    'before-lesson': 'made before the lesson began',
    'closed-term': 'the term is closed',
  },
}

/** What the server answered instead of doing it. */
export const errorSentences: Record<Language, Record<ErrorCode, string>> = {
  ru: {
    'bad-request': 'Сервер не понял запроса. Обновите приложение',
    'not-signed-in': 'Войдите снова',
    'wrong-login': 'Неверный логин или пароль',
    forbidden: 'На это у вас нет права',
    'not-found': 'Этого здесь нет',
    'too-large': 'Слишком много данных за один раз',
    'unsupported-media-type': 'Сервер не понял запроса. Обновите приложение',
    'too-many-tries': 'Слишком много попыток. Подождите немного',
    'weak-password': 'Пароль слишком простой: нужно не меньше 8 знаков',
    'wrong-protocol': 'Обновите приложение: сервер говорит на новой версии',
    'store-unavailable': 'Хранилище школы временно недоступно. Записи останутся на этом устройстве',
    'server-fault': 'На сервере что-то сломалось. Записи останутся на этом устройстве',
  },
  en: {
    'bad-request': 'The server did not understand the request. Update the app',
    'not-signed-in': 'Sign in again',
    'wrong-login': 'Wrong login or password',
    forbidden: 'You have no right to do this',
    'not-found': 'It is not here',
    'too-large': 'Too much data at once',
    'unsupported-media-type': 'The server did not understand the request. Update the app',
    'too-many-tries': 'Too many tries. Wait a little',
    'weak-password': 'The password is too simple: at least 8 characters',
    'wrong-protocol': 'Update the app: the server speaks a newer version',
    'store-unavailable': 'The school’s store is unavailable for now. Entries stay on this device',
    'server-fault': 'Something broke on the server. Entries stay on this device',
  },
}

/**
 * What is said of an entry that is not simply in, in one sentence; null where there is nothing to say.
 * @example admissionSentence({ is: 'out', why: 'grade1-mark' }, …) // 'Не принято: в 1 классе отметок не ставят'
 */
export function admissionSentence(
  said: Admission | Standing,
  zone: string,
  language: Language,
): string | null {
  const ru = language === 'ru'
  if (said.is === 'out')
    return `${ru ? 'Не принято' : 'Not accepted'}: ${refusalSentences[language][said.why]}`
  if (said.is !== 'waiting') return null
  if (said.for !== 'deputy') return `${ru ? 'Ждёт' : 'Waiting'}: ${awaitedSentences[language][said.for]}`
  const doubt = said.why ? `: ${doubtSentences[language][said.why]}` : ''
  const due = said.due === undefined ? '' : ` (${ru ? 'срок' : 'due'} ${dueLabel(said.due, zone, language)})`
  return `${ru ? 'Ждёт решения завуча' : 'Waits for the deputy’s decision'}${doubt}${due}`
}

/** «16 сентября, 24:00»: the end of a day belongs to the day that ends. */
export function dueLabel(due: number, zone: string, language: Language): string {
  const time = timeOf(due, zone)
  if (time !== '00:00') return `${dateLabel(dayOf(due, zone), language)}, ${time}`
  return `${dateLabel(dayOf(due - 1, zone), language)}, 24:00`
}
