/**
 * Looks into the variables that modules keep between runs, without any export for it: the debugger of this process shows the
 * scope of each exported function.
 */
import { Session } from 'node:inspector/promises';

/**
 * @param folder Modules in here
 * @returns Entries by `module: variable`, of everything that holds entries: maps, sets,
 * lists and objects, with what they hold in turn
 */
export async function moduleState(folder: string): Promise<Map<string, number>> {
	const session = new Session();
	session.connect();
	try {
		const counts = new Map<string, number>();
		for (const [file, loaded] of Object.entries(require.cache)) {
			if (!loaded || !file.startsWith(folder)) continue;
			for (const made of Object.values(loaded.exports as object)) {
				if (typeof made !== 'function') continue;
				for (const [name, count] of await countScope(session, made)) {
					counts.set(`${file.slice(folder.length + 1)}: ${name}`, count);
				}
			}
		}
		return counts;
	} finally {
		session.disconnect();
	}
}

const HANDOVER = '__soakFunction';

async function countScope(session: Session, made: unknown) {
	Object.assign(globalThis, { [HANDOVER]: made });
	const { result } = await session.post('Runtime.evaluate', {
		expression: `globalThis.${HANDOVER}`,
		objectGroup: 'soak',
	});
	const { internalProperties } = await session.post('Runtime.getProperties', {
		objectId: result.objectId ?? '',
	});
	const scopes = internalProperties?.find(({ name }) => name === '[[Scopes]]')?.value?.objectId ?? '';
	const { result: list } = await session.post('Runtime.getProperties', { objectId: scopes, ownProperties: true });
	const found: Array<[name: string, entries: number]> = [];
	for (const { value } of list) {
		if (!value || !/^Closure/.test(value.description ?? '')) continue;
		const answer = await session.post('Runtime.callFunctionOn', {
			objectId: value.objectId,
			functionDeclaration: `${countEntries}`,
			returnByValue: true,
		});
		found.push(...(answer.result.value as typeof found));
	}
	await session.post('Runtime.releaseObjectGroup', { objectGroup: 'soak' });
	Reflect.deleteProperty(globalThis, HANDOVER);
	return found;
}

/** Runs inside the debugger, so it stands alone. `this` is a scope. */
function countEntries(this: { object?: Record<string, unknown> } & Record<string, unknown>) {
	const seen = new Set<object>();
	// WHY a method: esbuild would give a function the name of its constant, with a helper that is not there.
	const counter = {
		count(value: unknown): number {
			if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
			seen.add(value);
			if (value instanceof Map)
				return [...value.values()].reduce<number>((sum, one) => sum + 1 + counter.count(one), 0);
			if (value instanceof Set) return value.size;
			if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + counter.count(one), 0);
			return Object.values(value).reduce<number>((sum, one) => sum + counter.count(one), 0);
		},
	};
	// The list of scopes holds the variables of each one under this name.
	const scope = this.object ?? this;
	return (
		Object.keys(scope)
			// Other modules, and what the compiler and the module loader put there.
			.filter(
				(name) => !/^(exports|require|module|__|import_)|_(exports|\d+)$/.test(name) && typeof scope[name] === 'object',
			)
			.map((name) => [name, counter.count(scope[name])] as const)
			.filter(([, entries]) => entries > 0)
	);
}
