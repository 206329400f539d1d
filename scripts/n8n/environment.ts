import { cleanNpmEnv } from './npm';
import type { Leg } from './versions';

// Fixed, because all processes of one n8n must share it and nothing secret is ever stored in these throw-away instances.
const ENCRYPTION_KEY = 'example-encryption-key-for-local-runs';

/** The environment of an n8n that keeps to itself: loopback only, no telemetry, no update checks, no outside calls. */
export function quietEnvironment({
	leg,
	userFolder,
	port,
	brokerPort,
	env = {},
}: {
	leg: Leg;
	userFolder: string;
	port: number;
	/** n8n's task broker; its fixed default collides as soon as two n8n run */ brokerPort: number;
	/** Further settings, these win */ env?: Record<string, string>;
}): NodeJS.ProcessEnv {
	const inherited = cleanNpmEnv();
	// WHY: settings of an n8n the user runs elsewhere (database, queue, ...) must not reach ours.
	for (const name of Object.keys(inherited)) {
		if (/^(N8N_|DB_|QUEUE_|EXECUTIONS_|NODES_|WEBHOOK_|CODE_|GENERIC_TIMEZONE$)/.test(name)) delete inherited[name];
	}
	return {
		...inherited,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		...leg.env,
		...env,
	};
}
