import { single } from './operation';

it.each([
	['getAppBalance', '/accounts/app', undefined],
	['getDeveloperBalance', '/accounts/dev', 'jSmsDeveloperApi'],
])('%s reads %s', async (value, path, credential) => {
	const { operation, requestOf, itemsOf } = single('account', value);
	expect(await requestOf({})).toEqual({ method: 'GET', path });
	expect([operation.credential, operation.effect, operation.sends]).toEqual([credential, 'idempotent', undefined]);
	expect(itemsOf({ app_balance: 5, other: { a: 1 } })).toEqual([{ app_balance: 5, other: { a: 1 } }]);
	let deep: unknown = 1;
	for (let level = 0; level < 50; level += 1) deep = { deep };
	expect([itemsOf([5]), itemsOf('5'), itemsOf(undefined), itemsOf({ deep })]).toEqual(new Array(4).fill(undefined));
});
