/**
 * Who may do what, written by hand. A column a person: nobody at all · `ended`, a session of t1 that is over · `issued`, a
 * teacher who has yet to choose a password · s1, a student of 5А · g1, guardian of s1 and of s9 in 1Б · g2, guardian of s2
 * in 5А · t1, mathematics in 5А · t2, homeroom of 5А · t3, English in one group of 5А · t5, mathematics and homeroom in
 * 1Б · d1 deputy · h1 director · q1 secretary · a1 administrator · p1 psychologist · `gone`, a teacher until last week.
 * A status, or for an entry what its receipt says, or for reading: `all` of it, `own` (only a family's view), `-` nothing.
 */
export const table = `
                                        nobody ended issued s1   g1   g2   t1   t2   t3   t5   d1   h1   q1   a1   p1   gone
POST /session                           401    401   401   401  401  401  401  401  401  401  401  401  401  401  401  401
GET /session                            401    401   200   200  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /session                         204    204   204   204  204  204  204  204  204  204  204  204  204  204  204  204
GET /sessions                           401    401   200   200  200  200  200  200  200  200  200  200  200  200  200  200
DELETE /sessions/:id own                401    401   204   204  204  204  204  204  204  204  204  204  204  204  204  204
DELETE /sessions/:id of a colleague     401    401   404   404  404  404  404  404  404  404  404  404  404  404  404  404
DELETE /sessions/:id of another school  401    401   404   404  404  404  404  404  404  404  404  404  404  404  404  404
POST /password                          401    401   422   422  422  422  422  422  422  422  422  422  422  422  422  422
GET /health                             200    200   200   200  200  200  200  200  200  200  200  200  200  200  200  200
GET /demo                               404    404   404   404  404  404  404  404  404  404  404  404  404  404  404  404
POST /set-up                            404    404   404   404  404  404  404  404  404  404  404  404  404  404  404  404
GET /openapi.json                       200    200   200   200  200  200  200  200  200  200  200  200  200  200  200  200

POST /push topic in 5А                  401    401   403   out  out  out  in   wait wait wait wait wait wait wait wait out
POST /push mark in 5А                   401    401   403   out  out  out  in   wait wait wait wait wait wait wait wait out
POST /push reason in 5А                 401    401   403   out  out  out  in   in   wait wait wait wait wait wait wait out
POST /push remark in 5А                 401    401   403   out  out  out  in   in   wait wait wait wait wait wait wait out
POST /push topic in 1Б                  401    401   403   out  out  out  wait wait wait in   wait wait wait wait wait out
POST /push student into 5А              401    401   403   out  out  out  wait wait wait wait in   wait in   in   wait out
POST /push guardian into 5А             401    401   403   out  out  out  wait wait wait wait wait wait in   in   wait out
POST /push lesson into the timetable    401    401   403   out  out  out  wait wait wait wait in   wait wait in   wait out
POST /push colleague into the staff     401    401   403   out  out  out  wait wait wait wait wait wait wait in   wait out
POST /push holidays                     401    401   403   out  out  out  wait wait wait wait in   wait wait in   wait out
POST /push policy                       401    401   403   out  out  out  wait wait wait wait in   in   wait in   wait out
POST /push in another’s name            401    401   403   out  out  out  out  out  out  out  out  out  out  out  out  out
POST /push into another school          401    401   403   out  out  out  out  out  out  out  out  out  out  out  out  out

POST /pull topic in 5А                  -      -     -     own  own  own  all  all  -    -    all  all  -    -    -    -
POST /pull mark of s1                   -      -     -     own  own  -    all  all  -    -    all  all  -    -    -    -
POST /pull mark of s2                   -      -     -     -    -    own  all  all  -    -    all  all  -    -    -    -
POST /pull remark for staff on s1       -      -     -     -    -    -    all  all  -    -    all  all  -    -    -    -
POST /pull remark for the family of s2  -      -     -     -    -    own  all  all  -    -    all  all  -    -    -    -
POST /pull topic in group 1             -      -     -     own  own  own  -    all  all  -    all  all  -    -    -    -
POST /pull topic in group 2             -      -     -     -    -    -    -    all  -    -    all  all  -    -    -    -
POST /pull topic in 1Б                  -      -     -     -    own  -    -    -    -    all  all  all  -    -    -    -
POST /pull name of s1                   -      -     -     own  own  -    all  all  all  -    all  all  all  all  -    -
POST /pull name of s2                   -      -     -     -    -    own  all  all  all  -    all  all  all  all  -    -
POST /pull name of s9                   -      -     -     -    own  -    -    -    -    all  all  all  all  all  -    -
POST /pull guardian g1 in 5А            -      -     -     -    own  -    -    all  -    -    all  -    all  all  -    -
POST /pull guardian g2 in 5А            -      -     -     -    -    own  -    all  -    -    all  -    all  all  -    -
POST /pull timetable of 5А              -      -     -     own  own  own  all  all  all  -    all  all  all  all  -    -
POST /pull timetable of 1Б              -      -     -     -    own  -    -    -    -    all  all  all  all  all  -    -
POST /pull staff                        -      -     -     own  own  own  all  all  all  all  all  all  all  all  all  -
POST /pull policy                       -      -     -     -    -    -    all  all  all  all  all  all  all  all  all  -
POST /pull of another school            -      -     -     -    -    -    -    -    -    -    -    -    -    -    -    -

GET /history mark of s1                 401    401   403   403  403  403  200  200  403  403  200  200  403  403  403  403
GET /history topic in group 2           401    401   403   403  403  403  403  200  403  403  200  200  403  403  403  403
GET /history topic in 1Б                401    401   403   403  403  403  403  403  403  200  200  200  403  403  403  403
GET /history name of s1                 401    401   403   403  403  403  200  200  200  403  200  200  200  200  403  403
GET /history guardian g1 in 5А          401    401   403   403  403  403  403  200  403  403  200  403  200  200  403  403
GET /history staff                      401    401   403   403  403  403  200  200  200  200  200  200  200  200  200  403
GET /history policy                     401    401   403   403  403  403  200  200  200  200  200  200  200  200  200  403

GET /stream after a mark of s1          -      -     -     told told -    told told -    -    told told -    -    -    -
GET /stream after a topic in 5А         -      -     -     told told told told told -    -    told told -    -    -    -
GET /stream after a topic in 1Б         -      -     -     -    told -    -    -    -    told told told -    -    -    -
GET /stream after a mark elsewhere      -      -     -     -    -    -    -    -    -    -    -    -    -    -    -    -
`

export interface Row {
  /** `POST /push`: how the interface's document names it. */
  route: string
  /** `mark in 5А`, or nothing. */
  what: string
  /** What each person is answered. */
  cells: Record<string, string>
}

/** The table's rows, each with a cell for every person. */
export function readTable(text = table): { people: string[]; rows: Row[] } {
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '')
  const people = head.trim().split(/\s+/)
  const rows = lines.map((line) => {
    const [, route = '', what = '', rest = ''] = /^(\S+ \S+) ?(.*?)\s{2,}(.*)$/.exec(line) ?? []
    const cells = rest.trim().split(/\s+/)
    if (cells.length !== people.length)
      throw new Error(`${cells.length} cells for ${people.length} people: ${line}`)
    return { route, what, cells: Object.fromEntries(people.map((person, i) => [person, cells[i] ?? ''])) }
  })
  return { people, rows }
}
