/**
 * n8n-core, made fit for tests: loaded once per test file, its log kept in memory instead of printed, and without
 * the files it would otherwise create in the user's home folder.
 */
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LogEntry {
	level: string;
	message: string;
	metadata?: unknown;
}

// These packages come with n8n-core. Resolving them from there yields the copies n8n-core itself uses.
const coreRequire = createRequire(require.resolve('n8n-core'));

coreRequire('reflect-metadata');

const { Container } = coreRequire('@n8n/di') as { Container: { set(id: unknown, value: object): void } };
const { Logger } = coreRequire('@n8n/backend-common') as { Logger: unknown };
// WHY not import: n8n-core needs reflect-metadata before it, and imports come first.
export const core = require('n8n-core') as typeof import('n8n-core');
export const workflow = require('n8n-workflow') as typeof import('n8n-workflow');

let entries: LogEntry[] = [];

const logAs = (level: string) => (message: string, metadata?: unknown) => {
	entries.push({ level, message, metadata });
};

const recorder = {
	scoped: () => recorder,
	error: logAs('error'),
	warn: logAs('warn'),
	info: logAs('info'),
	debug: logAs('debug'),
	verbose: logAs('verbose'),
};

Container.set(Logger, recorder);
workflow.LoggerProxy.init(recorder);

// The real class writes an encryption key to <home>/.n8n/config as soon as it is built.
Container.set(core.InstanceSettings, {
	instanceId: 'test-instance',
	hmacSignatureSecret: 'dummy-hmac-secret',
	instanceType: 'main',
	hostId: 'main-test',
	// Looked at, never created: tests keep binary data in memory.
	n8nFolder: join(tmpdir(), 'n8n-nodes-jsms-no-such-folder'),
});

/** Everything logged since the last call, by n8n's engine and by nodes through `this.logger`; empties the record. */
export function takeLogs(): LogEntry[] {
	const taken = entries;
	entries = [];
	return taken;
}
