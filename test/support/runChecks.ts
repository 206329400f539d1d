/**
 * Runs a program of checks. Its closing line counts them, as those of the test suites do; exit code 1 where one failed.
 * @param name e.g. `chaos`
 */
export function runChecks(name: string, main: () => Promise<Array<{ passed: boolean }>>) {
	// WHY: an interrupted run must pass through its exit handlers, which end what it has started.
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
	main().then(
		(checks) => {
			const failed = checks.filter(({ passed }) => !passed).length;
			console.log(`${name}: ${checks.length - failed} passed, ${failed} failed`);
			process.exitCode = failed > 0 ? 1 : 0;
		},
		(error: unknown) => {
			console.error(error);
			console.log(`${name}: 0 passed, 1 failed`);
			process.exitCode = 1;
		},
	);
}
