import { plural, texts } from './text'

const entriesRu = (count: number) => plural(count, 'запись', 'записи', 'записей')
const entriesEn = (count: number) => (count === 1 ? '1 entry' : `${count} entries`)

export const syncTexts = texts(
  {
    allAtSchool: (at: string) => `Всё в школе, ${at}`,
    updated: (at: string) => `Обновлено ${at}`,
    nothingYet: 'Ещё не было связи со школой',
    noNetwork: 'без сети',
    onDevice: (count: number) => `${entriesRu(count)} на этом устройстве`,
    waiting: (count: number) => `${plural(count, 'запись ждёт', 'записи ждут', 'записей ждут')} завуча`,
    waitingForFact: (count: number) => plural(count, 'запись ждёт', 'записи ждут', 'записей ждут'),
    refused: (count: number) =>
      `${plural(count, 'запись не принята', 'записи не приняты', 'записей не принято')}`,
    superseded: (count: number) => plural(count, 'запись уступила', 'записи уступили', 'записей уступили'),
    contested: (count: number) =>
      plural(count, 'клетка ждёт вашего выбора', 'клетки ждут вашего выбора', 'клеток ждут вашего выбора'),
    loading: (done: number, total: number) => `Загрузка: ${done} из ${total}`,
    storageFull: 'На устройстве кончилось место',
    storageFailed: 'Память устройства не работает',
    signedOut: 'Войдите снова',
    tooOld: 'Обновите приложение',
    serverTrouble: 'Сервер школы не отвечает',
    also: (label: string) => `, ещё ${label}`,

    title: 'Мои записи',
    subtitle: 'Что ещё не в школе и что требует вас',
    sendNow: 'Отправить сейчас',
    sending: 'Идёт отправка…',
    nothing: 'Всё в школе',
    nothingMore:
      'Каждая ваша запись принята. Здесь появится то, что ещё не отправлено, ждёт решения или требует вас.',
    nothingForReader: 'Дневник только читают: своих записей у вас нет.',
    lastSync: (at: string) => `Связь со школой была ${at}.`,
    offlineCalm:
      'Сети нет — это не мешает. Записи хранятся на устройстве и уйдут сами, как только появится связь.',
    progress: (done: number, total: number) =>
      `Загружено ${done} из ${plural(total, 'урока', 'уроков', 'уроков')}`,
    groups: {
      contested: 'Нужен ваш выбор',
      superseded: 'Уступили другой записи',
      out: 'Не приняты',
      waiting: 'Ждут',
      'on-device': 'На этом устройстве',
    },
    made: (at: string) => `сделано ${at}`,
    isOnDevice: 'на этом устройстве, ещё не отправлено',
    yours: 'Ваше значение',
    inJournal: 'В журнале',
    holds: (author: string, at: string) => `Уступила записи: ${author}, ${at}`,
    onOtherDevice: (at: string) => `Ваша запись с другого устройства, ${at}`,
    contestedHint: 'Сделаны почти одновременно. Пока вы не выберете, семья не видит ничего.',
    contestedDeputy: 'Сделаны двумя учителями. Решит завуч, или выберите вы.',
    by: (author: string, at: string) => `${author}, ${at}`,
    choose: (value: string) => `Оставить ${value}`,
    again: 'Поставить снова',
    keep: 'Оставить как есть',
    hide: 'Убрать из списка',
    toLesson: 'Открыть урок',
    storageHelp: {
      full: 'На устройстве кончилось место: новые записи живут только в открытом окне. Не закрывайте его, освободите место или сохраните записи в файл.',
      failed:
        'Память устройства не работает: новые записи живут только в открытом окне. Не закрывайте его и сохраните записи в файл.',
    },
    accountHelp:
      'Школа больше не узнаёт этот вход. Записи целы: войдите снова — и они уйдут. Если войти не получается, сохраните их в файл.',
    tooOldHelp: 'Сервер уже говорит на новой версии. Записи целы и уйдут после обновления приложения.',
    exportFile: 'Сохранить записи в файл',
    exportWarning: 'В файле имена и отметки: отдайте его только администратору школы.',
    failed: 'Не получилось сохранить на устройстве. Попробуйте ещё раз.',
  },
  {
    allAtSchool: (at: string) => `All at school, ${at}`,
    updated: (at: string) => `Updated ${at}`,
    nothingYet: 'No contact with the school yet',
    noNetwork: 'no network',
    onDevice: (count: number) => `${entriesEn(count)} on this device`,
    waiting: (count: number) => `${entriesEn(count)} waiting for the deputy`,
    waitingForFact: (count: number) => `${entriesEn(count)} waiting`,
    refused: (count: number) => `${entriesEn(count)} not accepted`,
    superseded: (count: number) => `${entriesEn(count)} gave way`,
    contested: (count: number) => `${count === 1 ? '1 cell needs' : `${count} cells need`} your choice`,
    loading: (done: number, total: number) => `Loading: ${done} of ${total}`,
    storageFull: 'No room left on this device',
    storageFailed: 'The storage of this device failed',
    signedOut: 'Sign in again',
    tooOld: 'Update the app',
    serverTrouble: 'The school’s server does not answer',
    also: (label: string) => `, also ${label}`,

    title: 'My entries',
    subtitle: 'What is not at school yet, and what needs you',
    sendNow: 'Send now',
    sending: 'Sending…',
    nothing: 'All at school',
    nothingMore:
      'Every entry of yours has been accepted. What is unsent, waits or needs you will appear here.',
    nothingForReader: 'A diary is for reading: you have no entries of your own.',
    lastSync: (at: string) => `Last contact with the school: ${at}.`,
    offlineCalm:
      'There is no network, and that is fine. Entries are kept on this device and will go out by themselves.',
    progress: (done: number, total: number) => `${done} of ${total} lessons loaded`,
    groups: {
      contested: 'Need your choice',
      superseded: 'Gave way to another entry',
      out: 'Not accepted',
      waiting: 'Waiting',
      'on-device': 'On this device',
    },
    made: (at: string) => `made ${at}`,
    isOnDevice: 'on this device, not sent yet',
    yours: 'Your value',
    inJournal: 'In the journal',
    holds: (author: string, at: string) => `Gave way to ${author}, ${at}`,
    onOtherDevice: (at: string) => `Your entry from another device, ${at}`,
    contestedHint: 'Made at almost the same time. Until you choose, the family sees neither.',
    contestedDeputy: 'Made by two teachers. The deputy decides, or you choose.',
    by: (author: string, at: string) => `${author}, ${at}`,
    choose: (value: string) => `Keep ${value}`,
    again: 'Set again',
    keep: 'Leave as it is',
    hide: 'Remove from the list',
    toLesson: 'Open the lesson',
    storageHelp: {
      full: 'There is no room left on this device: new entries live in this window only. Do not close it, make room, or save the entries to a file.',
      failed:
        'The storage of this device failed: new entries live in this window only. Do not close it, and save the entries to a file.',
    },
    accountHelp:
      'The school no longer knows this sign-in. Your entries are safe: sign in again and they go out. If you cannot, save them to a file.',
    tooOldHelp:
      'The server speaks a newer version. Your entries are safe and go out after the app is updated.',
    exportFile: 'Save entries to a file',
    exportWarning: 'The file holds names and marks: give it to the school’s administrator only.',
    failed: 'This device could not keep it. Try again.',
  },
)
