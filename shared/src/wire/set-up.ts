import * as z from 'zod/mini'
import { schoolCell } from '../people/directory-cells'
import { mostPassword } from './session'

const namePart = z.string().check(z.maxLength(100))

/** `POST /api/set-up`: founds the first school of an empty store, with one administrator. */
export const setUp = z.strictObject({
  /** Printed when the server starts on an empty store. */
  code: z.string().check(z.maxLength(40)),
  school: z.strictObject({
    /** Part of the database's name, for life. */
    id: z.string().check(z.regex(/^[a-z0-9]{1,30}$/)),
    ...schoolCell.shape,
  }),
  /** The calendar year in which the school year begins. */
  year: z.int().check(z.gte(2000), z.lte(2100)),
  name: z.strictObject({ last: namePart.check(z.minLength(1)), first: namePart, middle: namePart }),
  login: z.string().check(z.minLength(3), z.maxLength(80)),
  password: z.string().check(z.minLength(1), z.maxLength(mostPassword)),
})
export type SetUpWish = z.infer<typeof setUp>

export const setUpReply = z.strictObject({ db: z.string() })
