import type { Circus } from '@jest/types';
import SharedEngine from '../../test/support/sharedEngine';

const { clearTimeout: clear } = globalThis;

/** The environment of workflow tests, also for unit tests: none of them loads n8n's engine again. */
export default class Environment extends SharedEngine {
	/** The shared engine waits on the clock of the test, which may be a fake one. */
	override async setup() {
		await super.setup();
		const { setTimeout: start } = globalThis;
		const world = this.global as unknown as typeof globalThis;
		const own = world.setTimeout;
		const isFake = () => world.setTimeout !== own;
		globalThis.setTimeout = Object.assign(
			(...timer: Parameters<typeof start>) => (isFake() ? world.setTimeout : start)(...timer),
			start,
		);
		globalThis.clearTimeout = (timer) => (isFake() ? world.clearTimeout : clear)(timer);
	}

	override async teardown() {
		globalThis.clearTimeout = clear;
		await super.teardown();
	}

	/** Once a test has noticed the change, the other tests of its file need not run. */
	async handleTestEvent(event: Circus.Event, state: Circus.State) {
		const isMutant = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
		if (isMutant && event.name === 'test_done' && event.test.errors.length > 0) skipAll(state.rootDescribeBlock);
	}
}

function skipAll(block: Circus.DescribeBlock) {
	for (const child of block.children) {
		if (child.type === 'test') child.mode = 'skip';
		else skipAll(child);
	}
}
