import { readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { State } from '../state';
import { InboxEvents } from './events';

const PAGE = join(__dirname, 'page');
const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.ts': 'text/javascript' };

/** The inbox page and its live updates. */
export function inboxRoutes(app: FastifyInstance, state: State, closing: AbortSignal) {
	for (const file of readdirSync(PAGE)) {
		const type = TYPES[extname(file)];
		if (!type) continue;
		app.get(file === 'index.html' ? '/' : `/inbox/${file.replace(/\.ts$/, '.js')}`, (_request, reply) =>
			reply
				.header('content-type', `${type}; charset=utf-8`)
				.header('cache-control', 'no-store')
				// Texts come from whoever sends; nothing in them may run even if escaping failed.
				.header(
					'content-security-policy',
					"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:",
				)
				.send(contentOf(file)),
		);
	}
	const events = new InboxEvents(state, closing);
	app.get('/_sandbox/events', (_request, reply) => {
		reply.hijack();
		events.join(reply.raw);
	});
}

function contentOf(file: string): string {
	const text = readFileSync(join(PAGE, file), 'utf8');
	if (extname(file) !== '.ts') return text;
	// Loaded late: most sandboxes are never looked at.
	const { transpileModule, ModuleKind, ScriptTarget } = require('typescript') as typeof import('typescript');
	const compilerOptions = { module: ModuleKind.ES2022, target: ScriptTarget.ES2022, verbatimModuleSyntax: true };
	return transpileModule(text, { compilerOptions }).outputText;
}
