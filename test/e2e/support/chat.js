'use strict';

const { once } = require('node:events');
const { createServer } = require('node:http');

/**
 * A chat and a CRM on loopback.
 *
 * @typedef {object} Chat
 * @property {string} url
 * @property {Array<{path: string, body: any}>} received Every request, in order
 * @property {(path: string) => {status?: number, body: object}} respond What it responds; to be replaced
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Chat>} */
async function startChat() {
	/** @type {Chat} */
	const chat = {
		url: '',
		received: [],
		respond: () => ({ body: { errcode: 0, errmsg: 'ok' } }),
		close: async () => {},
	};
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const part of request) text += part;
		chat.received.push({ path: request.url, body: JSON.parse(text) });
		const { status = 200, body } = chat.respond(request.url);
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	chat.url = `http://127.0.0.1:${server.address().port}`;
	chat.close = async () => {
		server.closeAllConnections();
		server.close();
		await once(server, 'close');
	};
	return chat;
}

module.exports = { startChat };
