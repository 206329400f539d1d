import { BREAKS } from './process/breaks';
import { BuiltPackage } from './process/builtPackage';
import { patched, SMALL } from './process/patches';

const NODE = 'nodes/JSms/JSms.node.js';
const NODES = [
	NODE,
	'nodes/JSms/JSmsTrigger.node.js',
	'nodes/JSms/JSmsReceiptTrigger.node.js',
	'nodes/JSmsVerification/JSmsVerificationTrigger.node.js',
];

it('gives every process variables of its own', () => {
	const files = new BuiltPackage();
	const [one, other] = [files.instance(), files.instance()];
	expect(one('nodes/JSms/memory/dedupeRecord.js')).not.toBe(other('nodes/JSms/memory/dedupeRecord.js'));
	expect(one(NODE)).not.toBe(other(NODE));
	expect(one(NODE)).toBe(one(NODE));
});

it('shares modules that keep nothing', () => {
	const files = new BuiltPackage();
	const [one, other] = [files.instance(), files.instance()];
	expect(one('nodes/JSms/resources/description.js')).toBe(other('nodes/JSms/resources/description.js'));
});

it('finds the places where the package keeps something', () => {
	const files = new BuiltPackage();
	const load = files.instance();
	NODES.forEach(load);
	expect(files.filesWithState).toEqual(
		expect.arrayContaining([
			'nodes/JSms/memory/dedupeRecord.js',
			'nodes/JSms/triggers/poll.js',
			'nodes/JSms/receipts/pace.js',
			'nodes/JSms/triggers/receive.js',
			'nodes/JSms/verification/request.js',
		]),
	);
});

it('finds every constant that is made small', () => {
	const files = new BuiltPackage(SMALL);
	files.instance()(NODE);
	expect(files.unusedPatches).toEqual([]);
});

it.each(BREAKS)('finds what it is to break: $name', (one) => {
	const files = new BuiltPackage([one]);
	NODES.forEach(files.instance());
	expect(files.unusedPatches).toEqual([]);
});

it.each([
	['is not there', 'const a = 2;'],
	['is there twice', 'const a = 1; const a = 1;'],
])('refuses to change a text that %s', (_, text) => {
	expect(() => patched('x/y.js', text, [{ file: 'x/y.js', find: 'a = 1', replace: 'a = 3' }])).toThrow(
		/x\/y\.js holds/,
	);
});
