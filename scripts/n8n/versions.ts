/**
 * The two n8n versions this project runs against, and how each of them is installed.
 *
 * Everything odd in here was learned by trying. Not to be added: `--legacy-peer-deps`. With it n8n 1.x gets a wrong
 * @langchain/core and has no `start` command, and n8n 2.x lacks date-fns, without which Extract From File does not load.
 */

export interface Leg {
	/** Short name, used on the command line */
	name: string;
	/** Exact version of the npm package `n8n` */
	n8n: string;
	/** Exact Node.js version to fetch from npm when the running one does not fit */
	node: string;
	/** The Node.js major this n8n is run under */
	nodeMajor: number;
	/** npm overrides of the install manifest */
	overrides: Record<string, string>;
	/** Packages whose install script has to run (all others are skipped) */
	rebuild: string[];
	/** Roughly how long a fresh install takes, for people */
	duration: string;
	/** Environment variables only this version understands */
	env: Record<string, string>;
}

/**
 * Another n8n than the one below for the leg `main`: `npm run test:e2e -- --n8n latest` sets it (scripts/e2e/cli.ts).
 * @throws {Error} when it is no exact version
 */
function otherN8n({ JSMS_N8N_VERSION: version }: NodeJS.ProcessEnv): string | undefined {
	if (!version) return undefined;
	if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`JSMS_N8N_VERSION takes an exact version, not "${version}".`);
	return version;
}

export const legs: Record<'main' | 'compat', Leg> = {
	main: {
		name: 'main',
		n8n: otherN8n(process.env) ?? '2.41.1',
		node: '24.21.0',
		nodeMajor: 24,
		overrides: {},
		// WHY: some fifteen packages have install scripts; one of them (a Kafka client n8n needs only for its Kafka
		// nodes) downloads from outside the registry and fails behind a firewall. Only these two are needed.
		rebuild: ['sqlite3', 'isolated-vm'],
		duration: 'about 5 minutes',
		// WHY: these modules call out to the internet at start. n8n 1.x exits on an unknown module name.
		env: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,agents,insights' },
	},
	compat: {
		name: 'compat',
		n8n: '1.123.81',
		node: '20.20.2',
		nodeMajor: 20,
		overrides: {
			// WHY: n8n asks for a tarball on a host outside the registry.
			xlsx: '0.18.5',
			// WHY: n8n asks for ^6.2, which does not compile under Node 20 although n8n 1.x supports Node 20.
			'isolated-vm': '5.0.4',
		},
		rebuild: ['sqlite3', 'isolated-vm'],
		duration: 'about 5 minutes',
		env: {},
	},
};
