import type { SignInFailure } from '../store/sign-in-failure'
import { plural, texts } from './text'

const failuresRu: Record<SignInFailure, string> = {
  'wrong-login': 'Неверный логин или пароль. Проверьте раскладку и заглавные буквы.',
  'too-many-tries': 'Слишком много попыток.',
  'never-worked-here-offline':
    'Сети нет, а на этом устройстве вы ещё не работали. Один раз войдите там, где есть сеть, — дальше журнал открывается и без неё.',
  offline: 'Сервер школы не отвечает. Проверьте сеть и попробуйте ещё раз.',
  'no-crypto':
    'Журнал нельзя открыть по этому адресу: соединение не защищено. Откройте адрес, который начинается с https://.',
  storage:
    'Браузер не даёт хранить журнал на устройстве. Закройте приватное окно или освободите место и попробуйте ещё раз.',
  server: 'На сервере школы неполадка. Попробуйте через несколько минут.',
}
const failuresEn: Record<SignInFailure, string> = {
  'wrong-login': 'Wrong login or password. Check the keyboard layout and capital letters.',
  'too-many-tries': 'Too many tries.',
  'never-worked-here-offline':
    'There is no network, and you have not worked on this device yet. Sign in once where there is a network; after that the journal opens without it.',
  offline: 'The school’s server does not answer. Check the network and try again.',
  'no-crypto':
    'The journal cannot be opened at this address: the connection is not protected. Use the address that begins with https://.',
  storage:
    'The browser refuses to keep the journal on this device. Close the private window or make room, and try again.',
  server: 'The school’s server is in trouble. Try again in a few minutes.',
}

export const signInTexts = texts(
  {
    product: 'Звонок',
    what: 'Журнал и дневник, которые работают и без сети',
    title: 'Вход',
    login: 'Логин',
    password: 'Пароль',
    show: 'Показать пароль',
    hide: 'Скрыть пароль',
    remember: 'Запомнить на этом устройстве',
    rememberHint:
      'Только для своего телефона: журнал будет открываться без пароля. На общем планшете не включайте.',
    enter: 'Войти',
    entering: 'Входим…',
    needLogin: 'Введите логин.',
    needPassword: 'Введите пароль.',
    offlineKnown: 'Сети нет. Если вы уже работали на этом устройстве, войдите как обычно: журнал откроется.',
    offlineNew: 'Сети нет, а на этом устройстве ещё никто не работал. Для первого входа нужна сеть.',
    worksOffline: 'После первого входа журнал открывается на этом устройстве и без сети.',
    failures: failuresRu,
    waitMinutes: (minutes: number) => `Попробуйте через ${plural(minutes, 'минуту', 'минуты', 'минут')}.`,
    waitALittle: 'Подождите немного и попробуйте ещё раз.',
    demo: 'Это учебная школа: кем войти?',
    demoHint: 'Нажмите — логин и пароль подставятся.',
    demoRoles: {
      director: 'директор',
      deputy: 'завуч',
      admin: 'администратор',
      secretary: 'секретарь',
      psychologist: 'психолог',
      teacher: 'учитель',
      homeroom: 'классный руководитель',
      guardian: 'родитель',
      student: 'ученик',
    },
    otherLanguage: 'English',
  },
  {
    product: 'Zvonok',
    what: 'The class journal and diary that work without a network',
    title: 'Sign in',
    login: 'Login',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    remember: 'Remember on this device',
    rememberHint:
      'For your own phone only: the journal will open without a password. Not on a shared tablet.',
    enter: 'Sign in',
    entering: 'Signing in…',
    needLogin: 'Enter your login.',
    needPassword: 'Enter your password.',
    offlineKnown:
      'There is no network. If you have worked on this device before, sign in as usual: the journal opens.',
    offlineNew:
      'There is no network, and nobody has worked on this device yet. The first sign-in needs a network.',
    worksOffline: 'After the first sign-in the journal opens on this device without a network too.',
    failures: failuresEn,
    waitMinutes: (minutes: number) => `Try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}.`,
    waitALittle: 'Wait a little and try again.',
    demo: 'This is a training school: who will you be?',
    demoHint: 'Tap, and login and password are filled in.',
    demoRoles: {
      director: 'director',
      deputy: 'deputy',
      admin: 'administrator',
      secretary: 'secretary',
      psychologist: 'psychologist',
      teacher: 'teacher',
      homeroom: 'homeroom teacher',
      guardian: 'guardian',
      student: 'student',
    },
    otherLanguage: 'Русский',
  },
)
