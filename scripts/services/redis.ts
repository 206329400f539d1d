import net from 'node:net';
import { freePorts } from '../n8n/ports';
import { findProgram } from './binaries';
import { startService, type Service } from './service';

/**
 * Starts a private Redis that keeps everything in memory.
 * @param folder An existing empty folder
 * @returns `env` is what n8n needs to use it
 */
export async function startRedis(folder: string): Promise<Service & { env: Record<string, string> }> {
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

function answersPing(port: number): Promise<boolean> {
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
