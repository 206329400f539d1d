import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A chat and a CRM on loopback. */
export interface Chat {
	url: string;
	/** Every request, in order. */
	received: Array<{ path: string; body: { text?: { content?: string } } & Record<string, unknown> }>;
	/** What it responds; to be replaced. */
	respond: (path: string) => { status?: number; body: object };
	close: () => Promise<void>;
}

export async function startChat(): Promise<Chat> {
	const chat: Chat = {
		url: '',
		received: [],
		respond: () => ({ body: { errcode: 0, errmsg: 'ok' } }),
		close: async () => {},
	};
	const take = async (request: IncomingMessage, response: ServerResponse) => {
		const text = Buffer.concat((await request.toArray()) as Buffer[]).toString();
		const path = request.url ?? '';
		chat.received.push({ path, body: JSON.parse(text) as Chat['received'][number]['body'] });
		const { status = 200, body } = chat.respond(path);
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	};
	const server = createServer((request, response) => void take(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	chat.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	chat.close = async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	};
	return chat;
}
