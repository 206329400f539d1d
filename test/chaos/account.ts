import { mobilesOf } from '../queue/support/records';
import type { Row } from './messageLog';
import type { LedgerEntry } from '../../sandbox/ledger';

/** Numbers that stand in a ledger more than once. */
function doublesOf(ledger: LedgerEntry[]) {
	const times = new Map<string, number>();
	for (const { mobile } of ledger) times.set(mobile, (times.get(mobile) ?? 0) + 1);
	return [...times].filter(([, count]) => count > 1).map(([mobile]) => mobile);
}

/** Compares the message log with the ledger, before the reports are in. */
export function accountBeforeReports(people: string[], log: Row[], ledger: LedgerEntry[]) {
	const accepted = new Map(ledger.map(({ mobile, msg_id: id }) => [mobile, id]));
	const withStatus = (status: Row['status']) => log.filter((row) => row.status === status);
	return [
		check('nobody is in the ledger twice', doublesOf(ledger)),
		check('the ledger holds nobody else', without([...accepted.keys()], people)),
		check(
			'everybody is in the log',
			without(
				people,
				log.map(({ recipient }) => recipient),
			),
		),
		check(
			'who is "sent" is in the ledger, under the same msg_id',
			withStatus('sent')
				.filter(({ recipient, msg_id: id }) => accepted.get(recipient) !== id)
				.map(({ recipient }) => recipient),
		),
		check(
			'who is "failed" is not in the ledger',
			withStatus('failed')
				.filter(({ recipient }) => accepted.has(recipient))
				.map(({ recipient }) => recipient),
		),
	];
}

/** The same once the reports have resolved what was unknown: then nothing may be left open, and both must agree. */
export function accountAfterReports(people: string[], log: Row[], ledger: LedgerEntry[]) {
	const accepted = mobilesOf(ledger);
	const having = (status: Row['status']) =>
		log.filter((row) => row.status === status).map(({ recipient }) => recipient);
	return [
		check('nobody is "unknown" any more', having('unknown')),
		check('who is "sent" now is in the ledger', without(having('sent'), accepted)),
		check('who is in the ledger is "sent" now', without(accepted, having('sent'))),
		check('nobody is lost: all others are "failed", with a reason', [
			...without(people, [...accepted, ...having('failed')]),
			...log.filter(({ status, message }) => status === 'failed' && !message).map(({ recipient }) => recipient),
		]),
		check('nobody is in the ledger twice after all', doublesOf(ledger)),
	];
}

/**
 * One check of the account.
 * @param exceptions Those for whom it does not hold
 */
export function check(title: string, exceptions: unknown[]) {
	return { title, passed: exceptions.length === 0, exceptions };
}

function without(list: string[], others: string[]) {
	const set = new Set(others);
	return list.filter((one) => !set.has(one));
}
