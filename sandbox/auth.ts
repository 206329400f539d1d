import { Refusal } from './codes';
import type { Settings } from './settings';
import type { State } from './state';
import type { Application, Account } from './seed';

/**
 * Reads an HTTP Basic header.
 * @throws {Refusal} 50001 for nothing given, `malformedAuth` for something else than Basic
 */
function readBasic(header: string | undefined, settings: Settings): { key: string; secret: string } {
	if (header === undefined || header.trim() === '') throw new Refusal(50001);
	const match = /^Basic(?:\s+(.*))?$/i.exec(header.trim());
	if (!match) throw new Refusal(settings.malformedAuth);
	const decoded = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
	if (decoded === '' || decoded === ':') throw new Refusal(50001);
	const colon = decoded.indexOf(':');
	if (colon === -1) throw new Refusal(settings.malformedAuth);
	return { key: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

/** Signs an application in. */
export function signInApplication(
	state: State,
	header: string | undefined,
	{ sends }: { sends: boolean },
): Application {
	const { key, secret } = readBasic(header, state.settings);
	const application = state.accounts.applications.get(key);
	if (!application || application.master_secret !== secret) throw new Refusal(50002);
	if (!application.ip_allowed) throw new Refusal(50035);
	if (sends || state.settings.applicationRefusals === 'everywhere') {
		if (application.blacklisted) throw new Refusal(50036);
		if (!application.service_on) throw new Refusal(50008);
	}
	return application;
}

/** Signs an account in, with its developer pair. */
export function signInAccount(state: State, header: string | undefined): Account {
	const { key, secret } = readBasic(header, state.settings);
	const account = state.accounts.developers.get(key);
	if (account && account.dev_secret === secret) return account;
	const application = state.accounts.applications.get(key);
	if (state.settings.crossedKeys === 'accept' && application && application.master_secret === secret) {
		const owner = state.accounts.developers.get(application.dev_key);
		if (owner) return owner;
	}
	throw new Refusal(50002);
}
