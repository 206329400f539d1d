import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../sandbox/settings-table';
import { KINDS } from '../../sandbox/faults/kinds';
import { MAGIC_ENDINGS } from '../../sandbox/send/recipient';
import { MAGIC_STATES } from '../../sandbox/receipts';
import * as seed from '../../sandbox/seed';

/** The tables of sandbox/README.md say what the code does; formatting of the columns is left free. */
const rows = readFileSync(join(__dirname, '../../sandbox/README.md'), 'utf8')
	.split('\n')
	.map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
	.map((cells) => cells.slice(1, -1));

test.each(Object.entries(SETTINGS))('switch %s', (name, { default: value, expects, note }) => {
	expect(rows).toContainEqual([`\`${name}\``, `\`${JSON.stringify(value)}\``, expects, note]);
});

test.each(Object.entries(KINDS))('fault %s', (name, { fields, accepts, note }) => {
	const names = Object.entries(fields).map(([field, { required }]) => `\`${field}\`${required ? '*' : ''}`);
	expect(rows).toContainEqual([`\`${name}\``, names.join(', ') || '-', accepts ? 'yes' : 'no', note]);
});

test.each(Object.entries(MAGIC_ENDINGS))('magic ending %s', (ending, code) => {
	expect(rows).toContainEqual([`\`${ending}\``, String(code), expect.any(String)]);
});

test.each(Object.entries(MAGIC_STATES))('state of delivery by the ending %s', (ending, meaning) => {
	expect(rows).toContainEqual([`\`${ending}\``, meaning]);
});

test.each(seed.templates().map((template) => [template.temp_id, template]))('template %i', (id, { template }) => {
	const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => `\`${name}\``);
	expect(rows).toContainEqual([String(id), expect.any(String), names.join(', ') || 'none', expect.any(String)]);
});

test('keys have the 24 characters real ones have', () => {
	for (const { app_key, master_secret } of seed.applications())
		expect(app_key + master_secret).toMatch(/^[a-z0-9]{48}$/);
	for (const { dev_key, dev_secret } of seed.accounts()) expect(dev_key + dev_secret).toMatch(/^[a-z0-9]{48}$/);
});
