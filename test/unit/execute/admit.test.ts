import type { Entry, Recipient } from '../../../nodes/JSms/batch/types';
import { admitNew, contentOf } from '../../../nodes/JSms/execute/admit';
import type { CrashedTry } from '../../../nodes/JSms/memory/crashNotes';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';
import { entry, recipient, rejected, request, SHARED } from '../batch/build';

/** What the memories say about a request before it starts. */

const [A, B] = [recipient('13800100000'), recipient('13800100001')];
const withKey = (one: Recipient, onceKey: string): Recipient => ({ ...one, onceKey });

const USED = {
	status: 'failed',
	message: "Already sent: this 'Send Once Key' was used before",
	hint: 'Nothing needs to be done. Change the key if this SMS is meant to go out again.',
	safeToRetry: false,
};
const LOOK =
	'The execution was interrupted and n8n ran it again. It is not known whether the SMS went out; look at the send records in the Jiguang console before sending again.';
const STARTED = {
	status: 'unknown',
	message: 'An earlier try of this execution already started this request',
	hint: LOOK,
	safeToRetry: false,
};
const NOT_RECOGNISABLE = {
	status: 'unknown',
	message:
		'An earlier try of this execution was interrupted while it was sending, and which of the recipients it reached is not known',
	hint: LOOK,
	safeToRetry: false,
};

/** Memories with what they were asked. */
function admitting({
	used = [] as string[],
	startedBefore = false,
	crashedTry = undefined as CrashedTry | undefined,
	started = new Set<string>(),
} = {}) {
	const log: string[] = [];
	const memory = {
		onceKeys: {
			claim: async (keys: string[]) => {
				log.push(`claim ${keys.join()}`);
				return new Set(keys.filter((key) => used.includes(key)));
			},
			release: async (keys: string[]) => void log.push(`release ${keys.join()}`),
		},
		crashNotes: {
			start: async (name: string) => {
				log.push(`start ${name}`);
				const isNew = !startedBefore && !started.has(name);
				started.add(name);
				return isNew;
			},
			cancel: async (name: string) => void log.push(`cancel ${name}`),
		},
	};
	const admit = admitNew(sendBatch, memory, ...(crashedTry ? ([crashedTry] as const) : []));
	return { log, started, ask: async (...recipients: Recipient[]) => await admit(request([0]), recipients) };
}

it('notes the start of a request and lets everybody through', async () => {
	const { log, ask } = admitting();
	const { verdicts } = await ask(A, B);
	expect(verdicts).toEqual([undefined, undefined]);
	expect(log).toEqual(['claim ', expect.stringMatching(/^start [0-9a-f]{32}\/1$/)]);
});

it('numbers equal requests of one run, and only those', async () => {
	const { log, ask } = admitting();
	for (const one of [A, A, B]) await ask(one);
	const [first, second, other] = log.filter((line) => line.startsWith('start')).map((line) => line.slice(6).split('/'));
	expect([first[1], second[1], other[1]]).toEqual(['1', '2', '1']);
	expect(first[0]).toBe(second[0]);
	expect(other[0]).not.toBe(first[0]);
});

it('knows what is left of a request by those who are left', async () => {
	const { log, ask } = admitting({ used: ['old'] });
	await ask(withKey(A, 'old'), B);
	await ask(B);
	const [, first, second] = log.filter((line) => line.startsWith('start'));
	expect(second).toBe(first.replace(/1$/, '2'));
});

it('builds the request for the very list that is to be sent where nobody is left out, so that it is built once', async () => {
	const lists: unknown[] = [];
	const memory = {
		onceKeys: { claim: async () => new Set<string>(), release: async () => {} },
		crashNotes: { start: async () => true, cancel: async () => {} },
	};
	const buildRequest: typeof sendBatch.buildRequest = (shared, recipients) => {
		lists.push(recipients);
		return sendBatch.buildRequest(shared, recipients);
	};
	const recipients = [A, B];
	await admitNew({ buildRequest }, memory)(request([0, 1]), recipients);
	expect(lists).toHaveLength(1);
	expect(lists[0]).toBe(recipients);
});

it('claims each key once and leaves out who has a used one, or the one of somebody before', async () => {
	const { log, ask } = admitting({ used: ['old'] });
	const { verdicts } = await ask(withKey(A, 'old'), withKey(B, 'new'), withKey(A, 'new'), B);
	expect(verdicts).toEqual([USED, undefined, USED, undefined]);
	expect(log[0]).toBe('claim old,new');
});

it('claims and notes at the same moment, also where it turns out that everybody is left out', async () => {
	const { log, ask } = admitting({ used: ['old'] });
	const { verdicts, forget } = await ask(withKey(A, 'old'));
	expect(verdicts).toEqual([USED]);
	expect(forget).toBeUndefined();
	expect(log).toEqual(['claim old', expect.stringMatching(/^start [0-9a-f]{32}\/1$/)]);
});

it('notes what is left of a request, too, and takes both notes back', async () => {
	const { log, ask } = admitting({ used: ['old'] });
	const { forget } = await ask(withKey(A, 'old'), withKey(B, 'new'));
	await forget?.();
	const [, asked, left, ...taken] = log;
	expect(left).toMatch(/^start /);
	expect(left).not.toBe(asked);
	expect(taken).toEqual([asked, left].map((line) => line.replace('start', 'cancel')));
});

it.each([
	['a key, which was given back', [withKey(B, 'new')], [undefined]],
	['no key', [withKey(B, 'new'), A], [STARTED, STARTED]],
])('lets those who are left of a request that was started go out only with %s', async (_, left, verdicts) => {
	const { ask, started } = admitting({ used: ['old'] });
	await ask(withKey(A, 'old'), ...left);
	// As if the first try had started the whole of it.
	started.delete([...started][1]);
	const again = admitting({ used: ['old'], started });
	expect((await again.ask(withKey(A, 'old'), ...left)).verdicts).toEqual([USED, ...verdicts]);
});

it('notes nothing for those without keys where the crashed try had other content', async () => {
	const { log, ask } = admitting({ crashedTry: 'changed' });
	expect((await ask(A, B)).verdicts).toEqual([NOT_RECOGNISABLE, NOT_RECOGNISABLE]);
	expect(log).toEqual([]);
});

it('calls unknown what an earlier try had started, beside whose key was used', async () => {
	const { ask } = admitting({ used: ['old'], startedBefore: true });
	const { verdicts, forget } = await ask(withKey(A, 'old'), B);
	expect(verdicts).toEqual([USED, STARTED]);
	expect(forget).toBeUndefined();
});

it('calls everybody without a key unknown where the crashed try had other content', async () => {
	const { ask } = admitting({ used: ['old'], crashedTry: 'changed' });
	expect((await ask(A, withKey(B, 'new'), withKey(A, 'old'))).verdicts).toEqual([NOT_RECOGNISABLE, undefined, USED]);
});

it('lets everybody through where the crashed try had the same content and did not start this request', async () => {
	const { ask } = admitting({ crashedTry: 'same' });
	expect((await ask(A)).verdicts).toEqual([undefined]);
});

it('gives the keys of those free who have one, and takes its own note back', async () => {
	const { log, ask } = admitting({ startedBefore: false });
	const { release, forget } = await ask(withKey(A, 'new'), B);
	await release([withKey(A, 'new'), B]);
	await forget?.();
	const started = log[1].slice('start '.length);
	expect(log.slice(2)).toEqual(['release new', `cancel ${started}`]);
});

it.each([
	['started before', { startedBefore: true }],
	['used', { used: ['new'] }],
])('gives keys free also where the request was %s', async (_title, how) => {
	const { log, ask } = admitting(how);
	const { release } = await ask(withKey(A, 'new'));
	await release([withKey(A, 'new')]);
	expect(log.at(-1)).toBe('release new');
});

describe('the content of a run', () => {
	const content = (entries: Entry[]) => [...contentOf(entries)];

	it('names shared values where they change, and each recipient', () => {
		const other = { tempId: 7 };
		expect(
			content([entry('1', SHARED, { a: 'x' }), entry('2', SHARED), rejected(2), entry('3', other), entry('4', SHARED)]),
		).toEqual([JSON.stringify([SHARED, '1', { a: 'x' }, '2', {}, other, '3', {}, SHARED, '4', {}])]);
	});

	it('comes in pieces of a thousand recipients', () => {
		const pieces = content(Array.from({ length: 2500 }, (_, index) => entry(String(index))));
		expect(pieces.map((piece) => (JSON.parse(piece) as unknown[]).length)).toEqual([2001, 2000, 1000]);
	});

	it('is one empty piece where nobody can be sent to', () => {
		expect(content([rejected(0)])).toEqual(['[]']);
	});
});
