import type { Admission } from 'shared/journal/receipt'
import type { Standing } from 'shared/journal/standing'
import { admissionSentence } from './refusals'
import { texts } from './text'

/** What is said when something is written, refused or undone, on whatever screen. */
export const editTexts = texts(
  {
    undo: 'Отменить',
    undone: 'Отменено',
    nothingToUndo: 'Отменять нечего',
    changedSince: 'После этого там написано другое',
    undoAnyway: 'Всё равно отменить',
    notOnDisk:
      'Устройство не смогло сохранить запись: место кончилось или хранилище недоступно. Не закрывайте страницу',
    readOnlyHere:
      'Это устройство слишком долго без связи со школой: новых записей пока не принимает. Прежние целы и уйдут при связи',
    close: 'Закрыть',
    hide: 'Скрыть сообщение',
    onDevice: 'на этом устройстве',
    superseded: (value: string) => `уступила другой записи: ваше значение «${value}»`,
    contested: 'два значения, нужно выбрать',
    was: (value: string) => `сейчас действует «${value}»`,
    admission: (said: Admission | Standing, zone: string) => admissionSentence(said, zone, 'ru') ?? '',
    fieldChanged: (text: string) => `Пока вы писали, здесь стало: «${text}».`,
    fieldTake: 'Взять',
  },
  {
    undo: 'Undo',
    undone: 'Undone',
    nothingToUndo: 'Nothing to undo',
    changedSince: 'Something else has been written there since',
    undoAnyway: 'Undo anyway',
    notOnDisk:
      'The device could not keep the entry: it is full or its storage has failed. Do not close the page',
    readOnlyHere:
      'This device has been without the school for too long and takes no new entries for now. Earlier ones are safe and go out at contact',
    close: 'Close',
    hide: 'Hide the message',
    onDevice: 'on this device',
    superseded: (value: string) => `gave way to another entry: your value was “${value}”`,
    contested: 'two values, one has to be chosen',
    was: (value: string) => `“${value}” is in force now`,
    admission: (said: Admission | Standing, zone: string) => admissionSentence(said, zone, 'en') ?? '',
    fieldChanged: (text: string) => `While you were writing it became: “${text}”.`,
    fieldTake: 'Take it',
  },
)
