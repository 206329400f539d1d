import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import { closedPort, deafServer, rawServer, requestServer, selfSignedServer } from './servers';

/** Ways in which the connection to a service can break, each made for real on loopback. */

export interface Situation {
	/** in words */
	what: string;
	/** what the node must make of it */
	means: 'notAttempted' | 'unknown';
	start?: () => Promise<{ port: number; close: () => Promise<void> }>;
	scheme?: 'http' | 'https';
	/** TWO_ADDRESSES resolves to two addresses of loopback */
	host?: string;
	/** ms */
	timeout?: number;
	/** a body of this size instead of a small one */
	bodyBytes?: number;
	/** either end may be faster: "unknown" is right too */
	racy?: boolean;
	/** ms after which the execution is cancelled; 0 = before the request */
	cancelAfter?: number;
}

export const TWO_ADDRESSES = 'two-addresses.example';

/** A label of a host name may have 63 characters; a resolver refuses this one without asking anybody. */
const NO_SUCH_NAME = `${'x'.repeat(64)}.example`;

const BODY = JSON.stringify({ msg_id: '288193860302', padding: 'x'.repeat(2000) });

/** Full length, half of the body, then the connection ends. */
const halfAnAnswer = (end: (socket: Socket) => void) =>
	requestServer((socket, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(BODY) });
		response.write(BODY.slice(0, 1000), () => setTimeout(() => end(socket), 50));
	});

const packed = (bytes: Buffer) =>
	requestServer((_socket, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
		response.end(bytes);
	});

export const SITUATIONS: Record<string, Situation> = {
	refused: { what: 'connection refused', means: 'notAttempted', start: closedPort },
	refusedOnAllAddresses: {
		what: 'connection refused on every address of a name',
		means: 'notAttempted',
		start: closedPort,
		host: TWO_ADDRESSES,
	},
	nameNotFound: { what: 'name not found', means: 'notAttempted', host: NO_SUCH_NAME },
	connectTimeoutThenRefused: {
		what: 'no answer to connecting on one address of a name, refused on the other',
		means: 'notAttempted',
		start: deafServer,
		host: TWO_ADDRESSES,
	},
	timeoutWhileConnecting: {
		what: 'the time for the request runs out while connecting: n8n does not say how far it got',
		means: 'unknown',
		start: deafServer,
		timeout: 600,
	},
	selfSigned: {
		what: 'certificate that nobody vouches for',
		means: 'notAttempted',
		start: selfSignedServer,
		scheme: 'https',
	},
	plainPort: {
		what: 'https to a port that speaks plain http',
		means: 'notAttempted',
		start: () => requestServer((_socket, response) => response.end('{}')),
		scheme: 'https',
	},
	handshakeHangUp: {
		what: 'connection closed in the middle of the TLS handshake',
		means: 'notAttempted',
		start: () => rawServer((socket) => socket.once('data', () => socket.destroySoon())),
		scheme: 'https',
	},
	handshakeReset: {
		what: 'connection reset in the middle of the TLS handshake',
		means: 'unknown',
		start: () => rawServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
		scheme: 'https',
	},
	resetOnConnect: {
		what: 'connection reset before it was made',
		means: 'notAttempted',
		start: () => rawServer((socket) => socket.resetAndDestroy()),
		racy: true,
	},
	resetWhileWriting: {
		what: 'connection reset while a large request is written',
		means: 'unknown',
		start: () => rawServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
		bodyBytes: 20_000_000,
	},
	resetAfterRequest: {
		what: 'connection reset after the request was read',
		means: 'unknown',
		start: () => requestServer((socket) => socket.resetAndDestroy()),
	},
	hangUpAfterRequest: {
		what: 'connection closed without an answer',
		means: 'unknown',
		start: () => requestServer((socket) => socket.destroySoon()),
	},
	hangUpInAnswer: {
		what: 'connection closed in the middle of the answer',
		means: 'unknown',
		start: () => halfAnAnswer((socket) => socket.destroySoon()),
	},
	resetInAnswer: {
		what: 'connection reset in the middle of the answer',
		means: 'unknown',
		start: () => halfAnAnswer((socket) => socket.resetAndDestroy()),
	},
	timeoutBeforeAnswer: {
		what: 'no answer in time',
		means: 'unknown',
		start: () => requestServer(() => {}),
		timeout: 300,
	},
	timeoutInAnswer: {
		what: 'the answer stops in the middle and time runs out',
		means: 'unknown',
		start: () => halfAnAnswer(() => {}),
		timeout: 400,
	},
	truncatedGzip: {
		what: 'packed answer that ends too soon',
		means: 'unknown',
		start: () => packed(gzipSync(BODY).subarray(0, 30)),
	},
	brokenGzip: {
		what: 'packed answer that cannot be unpacked',
		means: 'unknown',
		start: () => packed(Buffer.from('this is no gzip')),
	},
	notHttp: {
		what: 'answer that is not HTTP',
		means: 'unknown',
		start: () => rawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))),
	},
	hugeHeaders: {
		what: 'answer with headers beyond every limit',
		means: 'unknown',
		start: () =>
			rawServer((socket) =>
				socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}\r\n\r\n`)),
			),
	},
	cancelledBefore: {
		what: 'execution cancelled before the request',
		means: 'unknown',
		start: () => requestServer(() => {}),
		cancelAfter: 0,
	},
	cancelledWhileWaiting: {
		what: 'execution cancelled while waiting for the answer',
		means: 'unknown',
		start: () => requestServer(() => {}),
		timeout: 3000,
		cancelAfter: 200,
	},
};
