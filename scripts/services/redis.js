'use strict';

const net = require('node:net');
const { freePorts } = require('../n8n/ports');
const { findProgram } = require('./binaries');
const { startService } = require('./service');

/**
 * Starts a private Redis that keeps everything in memory.
 *
 * @param {string} folder An existing empty folder
 * @returns {Promise<import('./service').Service & {env: Record<string, string>}>} `env` is what n8n needs to use it
 */
async function startRedis(folder) {
	const [port] = await freePorts(1);
	const service = await startService({
		name: 'redis',
		program: findProgram('redis-server'),
		args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
		folder,
		endSignal: 'SIGTERM',
		isReady: () => answersPing(port),
	});
	return { ...service, env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) } };
}

/** @param {number} port @returns {Promise<boolean>} */
function answersPing(port) {
	return new Promise((resolve) => {
		const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.setTimeout(1_000, () => socket.destroy());
		socket.once('data', (data) => {
			resolve(data.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
	});
}

module.exports = { startRedis };
