'use strict';

/**
 * Loaded into every n8n process we start (`node --require`): asks n8n to stop when the process that started it is gone,
 * however it ended. Without this a crashed or killed test run would leave an n8n behind.
 */
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
