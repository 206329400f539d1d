'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');

/**
 * Folder in which n8n installs are kept between runs and shared by all clones of this repository.
 * `JSMS_CACHE_DIR` names another one.
 *
 * @returns {string}
 */
function cacheDir() {
	if (process.env.JSMS_CACHE_DIR) return path.resolve(process.env.JSMS_CACHE_DIR);
	const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
	return path.join(base, 'n8n-nodes-jsms');
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/**
 * Runs `task` while holding a lock file, so that two runs do not install into the same folder at once.
 * A lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} file
 * @param {(owner: string) => void} onWait Called once when somebody else holds the lock
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
async function withLock(file, onWait, task) {
	fs.mkdirSync(path.dirname(file), { recursive: true });
	for (let told = false; ; ) {
		try {
			fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const owner = readOwner(file);
		if (owner !== undefined && !isAlive(owner)) {
			// WHY rename first: of two runs that see the dead owner only one can move the file away.
			const stale = `${file}.stale-${process.pid}`;
			try {
				fs.renameSync(file, stale);
				fs.rmSync(stale, { force: true });
			} catch (error) {
				if (error.code !== 'ENOENT') throw error;
			}
			continue;
		}
		if (!told) onWait(String(owner ?? 'unknown'));
		told = true;
		await wait(500);
	}
	try {
		return await task();
	} finally {
		fs.rmSync(file, { force: true });
	}
}

/** @param {string} file */
function readOwner(file) {
	try {
		const pid = Number(fs.readFileSync(file, 'utf8'));
		return Number.isInteger(pid) && pid > 0 ? pid : undefined;
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

module.exports = { cacheDir, isAlive, withLock };
