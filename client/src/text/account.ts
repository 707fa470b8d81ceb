import type { Role } from 'shared/people/directory-cells'
import { plural, texts } from './text'

const rolesRu: Record<Role, string> = {
  director: 'директор',
  deputy: 'завуч',
  admin: 'администратор',
  secretary: 'секретарь',
  psychologist: 'психолог',
  teacher: 'учитель',
}
const rolesEn: Record<Role, string> = {
  director: 'director',
  deputy: 'deputy',
  admin: 'administrator',
  secretary: 'secretary',
  psychologist: 'psychologist',
  teacher: 'teacher',
}

/** Why the password stays as it was. */
export const passwordFailures = [
  'wrong-old',
  'too-short',
  'weak',
  'same',
  'not-repeated',
  'too-many-tries',
  'offline',
  'server',
] as const
export type PasswordFailure = (typeof passwordFailures)[number]

const passwordRu: Record<PasswordFailure, string> = {
  'wrong-old': 'Нынешний пароль введён неверно.',
  'too-short': 'Новый пароль короче 8 знаков.',
  weak: 'Такой пароль слишком легко угадать. Возьмите, например, три-четыре слова подряд.',
  same: 'Новый пароль совпадает с нынешним.',
  'not-repeated': 'Пароли не совпадают. Повторите новый пароль.',
  'too-many-tries': 'Слишком много попыток. Подождите немного.',
  offline: 'Пароль меняют там, где есть сеть: его должна узнать школа.',
  server: 'На сервере школы неполадка. Пароль остался прежним.',
}
const passwordEn: Record<PasswordFailure, string> = {
  'wrong-old': 'The present password is wrong.',
  'too-short': 'The new password is shorter than 8 characters.',
  weak: 'This password is too easy to guess. Three or four words in a row are better.',
  same: 'The new password is the same as the present one.',
  'not-repeated': 'The passwords differ. Repeat the new password.',
  'too-many-tries': 'Too many tries. Wait a little.',
  offline: 'A password is changed where there is a network: the school has to know it.',
  server: 'The school’s server is in trouble. The password is still the old one.',
}

export const accountTexts = texts(
  {
    title: 'Учётная запись',
    roles: rolesRu,
    family: (children: number) => `семья, ${plural(children, 'ребёнок', 'ребёнка', 'детей')}`,
    student: 'ученик',

    password: 'Пароль',
    changePassword: 'Сменить пароль',
    firstTitle: 'Придумайте свой пароль',
    firstLead: 'Пароль, который вам выдали, годится только для первого входа.',
    firstReminder:
      'Всё, что внесено под вашим паролем, внесено вами. Никому его не сообщайте — ни коллегам, ни ученикам.',
    old: 'Нынешний пароль',
    next: 'Новый пароль',
    repeat: 'Новый пароль ещё раз',
    show: 'Показать пароль',
    hide: 'Скрыть пароль',
    rule: 'Не меньше 8 знаков. Лучше всего несколько слов: их легче запомнить и труднее угадать.',
    otherSessions: 'На других устройствах придётся войти снова.',
    save: 'Сохранить пароль',
    saving: 'Сохраняем…',
    cancel: 'Не менять',
    saved: 'Пароль изменён. На других устройствах войдите с новым.',
    passwordFailures: passwordRu,

    sessions: 'Где вы вошли',
    thisDevice: 'это устройство',
    seen: (at: string) => `последняя связь: ${at}`,
    signedInAt: (at: string) => `вход: ${at}`,
    revoke: 'Выйти там',
    revokeOn: (device: string) => `Выйти на устройстве «${device}»`,
    revoked: (device: string) => `«${device}»: вход закрыт`,
    revokeAll: 'Выйти на всех других устройствах',
    sessionsLoading: 'Спрашиваем школу…',
    sessionsOffline: 'Список виден, когда есть сеть.',
    unnamedDevice: 'устройство без имени',
    failed: 'Не получилось. Попробуйте, когда будет сеть.',

    device: 'Это устройство',
    storage: {
      persisted: 'Браузер обещал хранить журнал и не стирать его сам.',
      'best-effort':
        'Если на устройстве кончится место, браузер может стереть журнал. Чаще выходите на связь или добавьте приложение на главный экран.',
      unknown: 'Браузер не говорит, надёжно ли хранит журнал.',
    },
    askStorage: 'Попросить хранить надёжно',
    language: 'Язык',
    languages: { ru: 'Русский', en: 'English' },
    theme: 'Вид',
    themes: { system: 'Как на устройстве', light: 'Светлый', dark: 'Тёмный' },
    version: (version: string) => `Версия ${version}`,

    signOut: 'Выйти',
    signOutStays: 'Журнал останется на этом устройстве зашифрованным и откроется только вашим паролем.',
    signOutUnsent: (count: number) =>
      `${plural(count, 'запись ещё не отправлена', 'записи ещё не отправлены', 'записей ещё не отправлено')}. ` +
      'Всё неотправленное тоже останется, зашифрованное, и уйдёт, когда вы снова войдёте на этом устройстве.',
    signOutFirst: 'Лучше сначала дождаться сети.',
  },
  {
    title: 'Account',
    roles: rolesEn,
    family: (children: number) => `family, ${children === 1 ? '1 child' : `${children} children`}`,
    student: 'student',

    password: 'Password',
    changePassword: 'Change password',
    firstTitle: 'Make up a password of your own',
    firstLead: 'The password you were given is for the first sign-in only.',
    firstReminder:
      'Whatever is entered with your password is entered by you. Tell it to nobody, neither colleagues nor students.',
    old: 'Present password',
    next: 'New password',
    repeat: 'New password again',
    show: 'Show password',
    hide: 'Hide password',
    rule: 'At least 8 characters. Several words are best: easier to remember, harder to guess.',
    otherSessions: 'You will have to sign in again on other devices.',
    save: 'Save the password',
    saving: 'Saving…',
    cancel: 'Leave as it is',
    saved: 'The password has been changed. Use the new one on other devices.',
    passwordFailures: passwordEn,

    sessions: 'Where you are signed in',
    thisDevice: 'this device',
    seen: (at: string) => `last contact: ${at}`,
    signedInAt: (at: string) => `signed in: ${at}`,
    revoke: 'Sign out there',
    revokeOn: (device: string) => `Sign out on “${device}”`,
    revoked: (device: string) => `“${device}” is signed out`,
    revokeAll: 'Sign out on all other devices',
    sessionsLoading: 'Asking the school…',
    sessionsOffline: 'The list is shown when there is a network.',
    unnamedDevice: 'a device without a name',
    failed: 'It did not work. Try when there is a network.',

    device: 'This device',
    storage: {
      persisted: 'The browser has promised to keep the journal and not to erase it by itself.',
      'best-effort':
        'If the device runs out of room, the browser may erase the journal. Meet the network often, or add the app to the home screen.',
      unknown: 'The browser does not say whether it keeps the journal safely.',
    },
    askStorage: 'Ask to keep it safely',
    language: 'Language',
    languages: { ru: 'Русский', en: 'English' },
    theme: 'Look',
    themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
    version: (version: string) => `Version ${version}`,

    signOut: 'Sign out',
    signOutStays: 'The journal stays on this device, encrypted, and opens with your password only.',
    signOutUnsent: (count: number) =>
      `${count === 1 ? '1 entry has' : `${count} entries have`} not been sent yet. ` +
      'Whatever is unsent stays too, encrypted, and goes out when you sign in on this device again.',
    signOutFirst: 'Better wait for the network first.',
  },
)
