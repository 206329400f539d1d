'use strict';

const fs = require('node:fs');
const path = require('node:path');

const CREDENTIAL = { name: 'JSms sandbox', type: 'jSmsApi' };

/**
 * Puts the sample credential and the sample workflows into an n8n. What is there from an earlier start stays, edits
 * included; only the credential follows the sandbox to its new address.
 *
 * @param {import('../n8n/client').N8nClient} client
 * @param {{baseUrl: string, contactsFile: string}} options
 * @returns {Promise<{batch: any, verification: any, campaign: any}>} The saved workflows
 */
async function setUp(client, { baseUrl, contactsFile }) {
	const credential = await ensureCredential(client, {
		appKey: 'exampleappkey00000000001',
		masterSecret: 'dummymastersecret0000001',
		baseUrl,
	});
	const batch = load('batch.workflow.json');
	batch.nodes.find((node) => node.name === 'Read contacts.csv').parameters.fileSelector = contactsFile;
	const saved = {
		batch: await ensureWorkflow(client, batch, credential),
		verification: await ensureWorkflow(client, load('verification.workflow.json'), credential),
		campaign: await ensureWorkflow(client, load('campaign.workflow.json'), credential),
	};
	// Its form is for people: it has to be there without a click in the editor.
	if (!saved.verification.active) await client.activate(saved.verification, ['/form/jsms-demo-verify']);
	return saved;
}

async function ensureCredential(client, data) {
	const present = (await client.request('GET', '/rest/credentials')).find(
		({ name, type }) => name === CREDENTIAL.name && type === CREDENTIAL.type,
	);
	if (!present) return client.createCredential({ ...CREDENTIAL, data });
	return client.request('PATCH', `/rest/credentials/${present.id}`, { ...CREDENTIAL, data });
}

async function ensureWorkflow(client, workflow, credential) {
	const present = (await client.listWorkflows()).find(({ name }) => name === workflow.name);
	if (present) return client.getWorkflow(present.id);
	for (const node of workflow.nodes) {
		if (node.credentials?.[CREDENTIAL.type]) {
			node.credentials[CREDENTIAL.type] = { id: credential.id, name: credential.name };
		}
	}
	return client.createWorkflow(workflow);
}

function load(file) {
	return JSON.parse(fs.readFileSync(path.join(__dirname, file), 'utf8'));
}

module.exports = { setUp };
