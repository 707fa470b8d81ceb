/** Everything behind the door. */
export const loadOpenJournal = () => import('./open-journal')
