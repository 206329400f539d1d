import { sleep } from 'n8n-workflow';

import { SeenCallbacks, type Answer, type Standing } from '../../../nodes/JSms/memory/seenCallbacks';

/** An answer that the test gives when it wants to. */
class FakeAnswer implements Answer {
	private readonly listeners: Array<() => void> = [];

	private isEnded = false;

	statusCode = 200;

	get writableEnded(): boolean {
		return this.isEnded;
	}

	once(event: 'close', listener: () => void): void {
		if (event === 'close') this.listeners.push(listener);
	}

	/** n8n answers, and the answer arrives. */
	give(status: number): void {
		this.end(status);
		this.breakOff();
	}

	/** n8n answers, whether somebody is there or not. */
	end(status: number): void {
		this.statusCode = status;
		this.isEnded = true;
	}

	/** The service hangs up before there is an answer. */
	breakOff(): void {
		for (const listener of this.listeners.splice(0)) listener();
	}
}

const settled = async (promise: Promise<Standing>) =>
	await Promise.race([promise, sleep(5).then((): 'waiting' => 'waiting')]);

let memory: SeenCallbacks;
beforeEach(() => {
	memory = new SeenCallbacks(3);
});

async function take(key: string, status = 200, content = 'content'): Promise<Standing> {
	const answer = new FakeAnswer();
	const standing = await memory.look(key, content, answer);
	answer.give(standing === 'new' ? status : 200);
	return standing;
}

it('knows a callback that was answered with success', async () => {
	expect(await take('a')).toBe('new');
	expect(await take('a')).toBe('seen');
	expect(await take('a')).toBe('seen');
});

it('tells callbacks apart', async () => {
	await take('a');
	expect(await take('b')).toBe('new');
});

describe('the same signature with other content', () => {
	it('is told apart, and does not take the place of the first', async () => {
		await take('a');
		expect(await take('a', 200, 'other')).toBe('altered');
		expect(await take('a')).toBe('seen');
		expect(await take('a', 200, 'other')).toBe('altered');
	});

	it('is told apart while n8n is busy with the first, also when nobody waits for that any more', async () => {
		const first = new FakeAnswer();
		await memory.look('a', 'content', first);
		expect(await settled(memory.look('a', 'other', new FakeAnswer()))).toBe('altered');
		first.breakOff();
		expect(await take('a', 200, 'other')).toBe('altered');
	});

	it('counts as new where the first could not be started', async () => {
		await take('a', 500);
		expect(await take('a', 200, 'other')).toBe('new');
		expect(await take('a')).toBe('altered');
	});
});

it('does not know a callback whose execution could not be started, so that the repeat gets through', async () => {
	expect(await take('a', 500)).toBe('new');
	expect(await take('a', 300)).toBe('new');
	expect(await take('a', 299)).toBe('new');
	expect(await take('a')).toBe('seen');
});

it('lets the same callback wait until n8n has answered the first', async () => {
	const first = new FakeAnswer();
	expect(await memory.look('a', 'content', first)).toBe('new');
	const others = Array.from({ length: 20 }, async () => await memory.look('a', 'content', new FakeAnswer()));
	expect(await settled(others[0])).toBe('waiting');
	first.give(200);
	expect(new Set(await Promise.all(others))).toEqual(new Set(['seen']));
});

it('lets exactly one of those who wait try again when the first could not be started', async () => {
	const first = new FakeAnswer();
	await memory.look('a', 'content', first);
	const second = memory.look('a', 'content', new FakeAnswer());
	const third = memory.look('a', 'content', new FakeAnswer());
	first.give(500);
	expect(await second).toBe('new');
	expect(await settled(third)).toBe('waiting');
});

describe('when the service hangs up before the answer', () => {
	it('says that n8n is still busy', async () => {
		const first = new FakeAnswer();
		await memory.look('a', 'content', first);
		const waiting = memory.look('a', 'content', new FakeAnswer());
		first.breakOff();
		expect(await waiting).toBe('underWay');
		expect(await take('a')).toBe('underWay');
	});

	it.each([
		[200, 'seen'],
		[500, 'new'],
	])('goes by the answer %i that nobody took', async (status, standing) => {
		const first = new FakeAnswer();
		await memory.look('a', 'content', first);
		first.breakOff();
		first.end(status);
		expect(await take('a')).toBe(standing);
	});

	it('does not look through all of them for each new callback', async () => {
		const first = new FakeAnswer();
		await memory.look('a', 'content', first);
		const looked = jest.spyOn(first, 'writableEnded', 'get');
		await memory.look('b', 'content', new FakeAnswer());
		expect(looked).not.toHaveBeenCalled();
	});

	it('does not hold on to answers given since', async () => {
		const many = new SeenCallbacks(10_000);
		const answers = Array.from({ length: 1000 }, () => new FakeAnswer());
		for (const [index, answer] of answers.entries()) await many.look(String(index), 'content', answer);
		for (const answer of answers) answer.breakOff();
		for (const answer of answers) answer.end(200);
		await many.look('one more', 'content', new FakeAnswer());
		// Were the first still held on to, their state would count instead of what was remembered of them.
		for (const answer of answers) answer.statusCode = 500;
		expect(await many.look('0', 'content', new FakeAnswer())).toBe('seen');
	});
});

it('makes room by forgetting the oldest', async () => {
	for (const key of ['a', 'b', 'c', 'd']) await take(key);
	expect(await take('d')).toBe('seen');
	expect(await take('b')).toBe('seen');
	expect(await take('a')).toBe('new');
});
