import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { readOptions } from '../../../scripts/check-service/options';
import { TSX } from '../../../scripts/tsx';
import { APPLICATION, DEVELOPER, OWN_NUMBER } from './service';

const keys = { JSMS_APP_KEY: APPLICATION.key, JSMS_MASTER_SECRET: APPLICATION.secret };

test('keys come from the environment, the address has a default', () => {
	expect(readOptions([], keys)).toEqual({
		service: { baseUrl: 'https://api.sms.jpush.cn/v1', application: APPLICATION },
		parameters: {},
		write: false,
	});
	const both = { ...keys, JSMS_DEV_KEY: DEVELOPER.key, JSMS_DEV_SECRET: DEVELOPER.secret };
	const typed = ['--base-url', 'http://127.0.0.1:8080/v1/', '--template', '1250', '--send-to', OWN_NUMBER, '--write'];
	expect(readOptions([...typed, '--parameter', 'a=b=c', '--parameter', 'd='], both)).toEqual({
		service: { baseUrl: 'http://127.0.0.1:8080/v1', application: APPLICATION, developer: DEVELOPER },
		template: 1250,
		sendTo: OWN_NUMBER,
		parameters: { a: 'b=c', d: '' },
		write: true,
	});
	expect(readOptions(['--help'], {})).toBeUndefined();
});

test.each<[string, string[], NodeJS.ProcessEnv, string]>([
	['no keys', [], {}, 'Set JSMS_APP_KEY and JSMS_MASTER_SECRET'],
	['half a pair', [], { JSMS_APP_KEY: 'example' }, 'Set both'],
	['half a developer pair', [], { ...keys, JSMS_DEV_KEY: 'example' }, 'Set both JSMS_DEV_KEY'],
	['keys on the command line', ['--app-key', 'example'], keys, "Unknown option '--app-key'"],
	['http to another machine', ['--base-url', 'http://example.com/v1'], keys, 'would send the keys unencrypted'],
	['no address', ['--base-url', 'example'], keys, 'The address in --base-url is not a web address.'],
	['a template that is no number', ['--template', 'x'], keys, '--template takes'],
	['a number that is none', ['--template', '1', '--send-to', '123'], keys, '--send-to takes'],
	['sending without a template', ['--send-to', OWN_NUMBER], keys, '--send-to needs --template'],
	['a parameter without value', ['--parameter', 'x'], keys, '--parameter takes'],
])('%s is refused with a sentence', (_, typed, environment, sentence) => {
	expect(() => readOptions(typed, environment)).toThrow(sentence);
});

test('the command refuses to send without a terminal, before it asks anything', () => {
	const root = join(__dirname, '../../..');
	const script = join(root, 'scripts/check-service/cli.ts');
	const typed = ['--base-url', 'http://127.0.0.1:1/v1', '--template', '1250', '--send-to', OWN_NUMBER];
	const { status, stderr } = spawnSync(process.execPath, [...TSX, script, ...typed], {
		env: { ...process.env, ...keys },
		input: '5678\n',
		encoding: 'utf8',
	});
	expect([status, stderr.trim()]).toEqual([
		1,
		'Sending must be confirmed by a person at a terminal. Nothing was sent.',
	]);
});
