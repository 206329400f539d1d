import { EXPRESSION } from './expressions';
import type { NodePlan, Operation, Person } from './types';

/** Operations that send, or will send, an SMS. */
export const SENDING: readonly Operation[] = ['send', 'sendBatch', 'sendText', 'sendVoice', 'create', 'createBatch'];

/** Operations that give no result per recipient. */
export const READING: readonly Operation[] = ['pullReports', 'pullReplies', 'preview'];

export const isBatch = (operation: Operation) => operation === 'sendBatch' || operation === 'createBatch';

/** Somebody whom a node is to send to. */
export interface Recipient {
	/** Position of the input item. */
	item: number;
	/** The number as the service knows it; of a schedule that is deleted, its path. */
	phone: string;
	person: Person;
	/** What names this message in every run; undefined where the node uses no key, or one that changes. */
	key: string | undefined;
	/** The option is used, and gives nothing for this person: nothing may be sent. */
	lacksKey: boolean;
}

/** The number without what the node cleans away. */
export const cleanPhone = (phone: string) => phone.replace(/^\+86 /, '');

/** Whom a run of a node is to send to, by the input items that it got. */
export function recipientsOf(node: NodePlan, people: readonly Person[]): Recipient[] {
	if (READING.includes(node.operation)) return [];
	return people.flatMap((person, item) =>
		phonesOf(node, person).map((phone) => ({
			item,
			phone,
			person,
			key: keyOf(node, person, phone),
			lacksKey: lacksKey(node, person),
		})),
	);
}

function phonesOf(node: NodePlan, person: Person): string[] {
	if (node.operation === 'delete') return [`/schedule/${person.id}`];
	const own = [cleanPhone(person.phone)];
	return takesLists(node) && node.list !== 'commas' ? [...own, ...(person.more ?? [])] : own;
}

/** Whether an item of this node stands for a list of recipients. */
export const takesLists = (node: NodePlan) => isBatch(node.operation) && node.recipientsFrom === 'list';

const keyValue = (node: NodePlan, person: Person): string | null | undefined => {
	switch (node.options.sendOnceKey) {
		case EXPRESSION.key:
			return person.key;
		case EXPRESSION.keyOrNothing:
			return person.key || undefined;
		case EXPRESSION.keyOfOrder:
			return person.order.id;
		case EXPRESSION.keyText:
			return `o-${person.key ?? ''}`;
		case 'one-key':
			return 'one-key';
		default:
			return undefined;
	}
};

/** Expressions that name the same person in every run. */
export const STABLE_KEYS: readonly unknown[] = [
	EXPRESSION.key,
	EXPRESSION.keyOrNothing,
	EXPRESSION.keyOfOrder,
	EXPRESSION.keyText,
	'one-key',
];

function keyOf(node: NodePlan, person: Person, phone: string): string | undefined {
	const value = keyValue(node, person);
	if (!value) return undefined;
	// With a list the number is part of the key.
	return takesLists(node) ? `${value}/${phone}` : value;
}

function lacksKey(node: NodePlan, person: Person): boolean {
	return SENDING.includes(node.operation) && STABLE_KEYS.includes(node.options.sendOnceKey) && !keyValue(node, person);
}

/** Whether the service takes this number. */
export const isGoodPhone = (phone: string) => /^1\d{10}$/.test(phone);
