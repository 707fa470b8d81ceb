// The replies of the journal itself, together: they bring the domain's schemas along, which the door does without.
export { historyReply } from 'shared/wire/history'
export { pullReply } from 'shared/wire/pull'
export { pushReply } from 'shared/wire/push'
