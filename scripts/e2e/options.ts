/** Which n8n the end-to-end tests run in, and what goes on to jest. */
export interface Options {
	/** `latest` or an exact version; absent: the two that are pinned. */
	n8n?: string;
	jest: string[];
}

/**
 * Takes `--n8n <version>` out of the arguments.
 * @throws {Error} a sentence
 */
export function readOptions(args: readonly string[]): Options {
	const at = args.findIndex((argument) => /^--n8n(=|$)/.test(argument));
	if (at === -1) return { jest: [...args] };
	const isOneWord = args[at].includes('=');
	const n8n = isOneWord ? args[at].slice('--n8n='.length) : args[at + 1];
	if (n8n === undefined || !/^(latest|\d+\.\d+\.\d+)$/.test(n8n)) {
		throw new Error('--n8n takes "latest" or an exact version such as 2.41.1.');
	}
	return { n8n, jest: [...args.slice(0, at), ...args.slice(at + (isOneWord ? 1 : 2))] };
}
