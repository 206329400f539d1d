'use strict';

/**
 * The stopwatch between two nodes of a workflow. One run at a time: all nodes of the benchmark's package share it.
 */
let started;

/** Starts it; called last by the node before the one that is measured. */
function start() {
	started = { at: performance.now(), cpu: process.cpuUsage() };
}

/** Reads it; called first by the node behind the one that is measured. */
function read() {
	const ms = performance.now() - started.at;
	const { user, system } = process.cpuUsage(started.cpu);
	return { ms, cpuMs: (user + system) / 1000 };
}

module.exports = { read, start };
