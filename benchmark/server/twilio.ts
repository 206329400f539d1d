/**
 * A stand-in for Twilio on loopback. The Twilio node's address is fixed, so it is reached the way a company's proxy
 * would reach it: n8n's HTTPS proxy points here, the tunnel ends here, and n8n trusts the certificate made here.
 * Nothing else gets through.
 */

import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generate } from 'selfsigned';

const HOST = 'api.twilio.com';

export interface Twilio {
	/** For n8n */
	env: Record<string, string>;
	/** Messages answered since the last call of this */
	sent: () => number;
	stop: () => Promise<void>;
}

/** @param options `folder` takes the certificate */
export async function startTwilio({ folder, delayMs }: { folder: string; delayMs: number }): Promise<Twilio> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }], {
		keySize: 2048,
		algorithm: 'sha256',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
	});
	const certificate = path.join(folder, 'twilio-stand-in.pem');
	fs.writeFileSync(certificate, cert);

	let sent = 0;
	const respond = async (request: http.IncomingMessage, response: http.ServerResponse) => {
		const body = new URLSearchParams(await text(request));
		await wait(delayMs);
		sent += 1;
		response.writeHead(201, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify(message(body, sent)));
	};
	const service = https.createServer({ key, cert }, (request, response) => void respond(request, response));
	const sockets = new Set<Socket>();
	const proxy = http.createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
	proxy.on('connect', ({ url }, socket) => {
		if (url !== `${HOST}:443`) return void socket.end('HTTP/1.1 502 Nothing but the stand-in\r\n\r\n');
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		service.emit('connection', socket);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		sent: () => {
			const count = sent;
			sent = 0;
			return count;
		},
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}

async function text(request: http.IncomingMessage) {
	return Buffer.concat(await request.toArray()).toString();
}

/** What Twilio answers to a new message: the same fields, invented values. */
function message(body: URLSearchParams, number: number) {
	const sid = `SM${String(number).padStart(32, '0')}`;
	return {
		sid,
		account_sid: body.get('AccountSid') ?? 'ACexample',
		to: body.get('To'),
		from: body.get('From'),
		body: body.get('Body'),
		status: 'queued',
		direction: 'outbound-api',
		date_created: 'Sun, 01 Dec 2024 10:00:00 +0000',
		date_updated: 'Sun, 01 Dec 2024 10:00:00 +0000',
		date_sent: null,
		api_version: '2010-04-01',
		messaging_service_sid: null,
		num_media: '0',
		num_segments: '1',
		price: null,
		price_unit: 'USD',
		error_code: null,
		error_message: null,
		uri: `/2010-04-01/Accounts/ACexample/Messages/${sid}.json`,
		subresource_uris: { media: `/2010-04-01/Accounts/ACexample/Messages/${sid}/Media.json` },
	};
}
