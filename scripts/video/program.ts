/** Runs a program that drives n8n and a browser, and ends the process: exit code 1 where it fails. */
export function runProgram(main: () => Promise<void>) {
	// WHY: an interrupted process must pass through its exit handlers, which end n8n and the browser.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
	main().then(
		() => process.exit(0),
		(error: unknown) => {
			console.error(error);
			process.exit(1);
		},
	);
}
