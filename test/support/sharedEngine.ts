import NodeEnvironment from 'jest-environment-node';

const { setTimeout: start } = globalThis;

/**
 * A jest environment whose tests share the n8n engine of their worker process: loading it takes seconds, and jest would load it again
 * for every test file. jest-typescript.js says which packages are shared.
 */
export default class SharedEngine extends NodeEnvironment {
	readonly #timers = new Set<NodeJS.Timeout>();

	override async setup() {
		await super.setup();
		const track = (...timer: Parameters<typeof start>) => {
			const started = start(...timer);
			this.#timers.add(started);
			return started;
		};
		globalThis.setTimeout = Object.assign(track, start);
		// n8n-core needs it, and does not load it.
		require('reflect-metadata');
		const { DataDeduplicationService } = require('n8n-core') as { DataDeduplicationService: object };
		// n8n-core refuses a second dedupe store in one process; every test file brings its own.
		Object.assign(DataDeduplicationService, { instance: undefined });
		this.global.requireShared = require;
		// Errors of the shared engine are errors for the tests and for the nodes, too.
		const own = this.global.Error;
		const isOwn = Function.prototype[Symbol.hasInstance];
		Object.defineProperty(own, Symbol.hasInstance, {
			value(this: unknown, value: unknown) {
				return isOwn.call(this, value) || (this === own && value instanceof Error);
			},
		});
	}

	/** Pauses of the nodes that nobody waits for any more end with the tests. */
	override async teardown() {
		globalThis.setTimeout = start;
		for (const timer of this.#timers) clearTimeout(timer);
		await super.teardown();
	}
}
