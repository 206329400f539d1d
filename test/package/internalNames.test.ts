import { internalNames, knownNames } from '../../scripts/internal-names';

/** Saved workflows hold these names: what is in the file must stay. */
const known = knownNames();
const now = internalNames();

test('no internal name was renamed, removed or given another default: that would break saved workflows', () => {
	expect(known.filter((line) => !now.includes(line))).toEqual([]);
});

test('names that were added are written down, so that they are kept from now on (npm run docs)', () => {
	expect(now.filter((line) => !known.includes(line))).toEqual([]);
});
