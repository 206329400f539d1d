/** Servers on loopback that break a connection at one chosen point. Each resolves to at least `{ port, close }`. */

import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';

async function listening(server: net.Server, host = '127.0.0.1') {
	const sockets = new Set<net.Socket>();
	let tellClosed = () => {};
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => {
			sockets.delete(socket);
			tellClosed();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		port: (server.address() as net.AddressInfo).port,
		/** Told when the next connection has ended. */
		onceClosed: (listener: () => void) => (tellClosed = listener),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export const rawServer = (onConnection: (socket: net.Socket) => void) => listening(net.createServer(onConnection));

/** Calls back with the socket once a whole request has arrived. */
export const requestServer = (onRequest: (socket: net.Socket, response: http.ServerResponse) => void) =>
	listening(
		http.createServer((request, response) => {
			request.resume();
			request.on('end', () => onRequest(request.socket, response));
		}),
	);

/** A port on which nothing listens: it was free a moment ago. */
export async function closedPort() {
	const { port, close } = await rawServer(() => {});
	await close();
	return { port, close: async () => {} };
}

/** A TLS server with a certificate nobody vouches for, made for this moment. */
export async function selfSignedServer() {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
		keySize: 2048,
		algorithm: 'sha256',
	});
	const server = tls.createServer({ key, cert }, (socket) => socket.resume());
	server.on('tlsClientError', () => {});
	return await listening(server);
}

const DEAF = `
const net = require('node:net');
const server = net.createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
	require('node:fs').writeSync(1, String(server.address().port) + '\\n');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/**
 * A server whose queue of connections is full: the kernel drops every further attempt, so a client hangs in connecting.
 * It takes a process of its own, whose event loop stands still and accepts nobody.
 */
export async function deafServer() {
	const child = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'ignore'] });
	const port = await new Promise<number>((resolve) =>
		child.stdout.once('data', (data) => resolve(Number(String(data)))),
	);
	const fillers = Array.from({ length: 8 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
	await new Promise((resolve) => setTimeout(resolve, 300));
	return {
		port,
		close: async () => {
			for (const filler of fillers) filler.destroy();
			child.kill('SIGKILL');
			await new Promise((resolve) => child.once('close', resolve));
		},
	};
}
