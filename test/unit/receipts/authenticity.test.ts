import { createHash } from 'node:crypto';

import { isAuthentic } from '../../../nodes/JSms/receipts/authenticity';

/** Worked values from the service's formula, computed apart from the code. */
const [appKey, masterSecret] = 'a1b2c3d4e5f60718293a4b5c/0f1e2d3c4b5a69788796a5b4'.split('/');
const keys = { appKey, masterSecret };
const timestamp = '1700000000123';
const positive = { nonce: '7659972084945889195', timestamp, signature: 'a61c645ec5463a7ddcdc173e3d0560289cd88642' };
const negative = { nonce: '-4962768465676381896', timestamp, signature: 'f67ced4f311f02ce79bbb95c424fcb6c8c664e66' };

it.each([positive, negative])('accepts the signature of nonce $nonce', (fields) => {
	expect(isAuthentic(keys, fields)).toBe(true);
});

it('takes the nonce as text: as a number it would lose its last digits', () => {
	const rounded = String(Number(positive.nonce));
	expect(rounded).not.toBe(positive.nonce);
	expect(isAuthentic(keys, { ...positive, nonce: rounded })).toBe(false);
	expect(
		isAuthentic(keys, { ...positive, nonce: rounded, signature: 'b3babb5e255bde5b434bf3b9e1266242905b3b63' }),
	).toBe(true);
});

it.each(Array.from(positive.signature, (_, index) => index))('refuses it with another letter at %i', (index) => {
	const letter = positive.signature[index] === '0' ? '1' : '0';
	const signature = positive.signature.slice(0, index) + letter + positive.signature.slice(index + 1);
	expect(isAuthentic(keys, { ...positive, signature })).toBe(false);
});

it.each([
	['another nonce', keys, { ...positive, nonce: negative.nonce }],
	['another time', keys, { ...positive, timestamp: '1700000000124' }],
	['another key', { ...keys, appKey: `${appKey.slice(1)}0` }, positive],
	['another secret', { ...keys, masterSecret: `${masterSecret.slice(1)}0` }, positive],
	['a signature cut short', keys, { ...positive, signature: positive.signature.slice(1) }],
	['a signature with something behind it', keys, { ...positive, signature: `${positive.signature}0` }],
	['letters that are not ASCII', keys, { ...positive, signature: 'é'.repeat(20) }],
	['no signature', keys, { ...positive, signature: '' }],
])('refuses %s', (_what, otherKeys, fields) => {
	expect(isAuthentic(otherKeys, fields)).toBe(false);
});

it.each([
	['', 'dummymastersecret'],
	['exampleappkey', ''],
])('refuses what is signed with the keys %j and %j, one of which is missing', (key, secret) => {
	const text = `appKey=${key}&appMasterSecret=${secret}&nonce=1&timestamp=2`;
	const fields = { nonce: '1', timestamp: '2', signature: createHash('sha1').update(text).digest('hex') };
	expect(isAuthentic({ appKey: key, masterSecret: secret }, fields)).toBe(false);
});

it('refuses what is signed with empty keys, which everybody could sign', () => {
	// SHA-1 of "appKey=&appMasterSecret=&nonce=1&timestamp=2".
	const fields = { nonce: '1', timestamp: '2', signature: 'e079bf11bac8ca1fe48a8fdee71d7207e2624bd9' };
	expect(isAuthentic({ appKey: '', masterSecret: '' }, fields)).toBe(false);
});
