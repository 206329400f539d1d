import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { failureOfOutcome } from '../model/failure';
import { checkBaseUrl } from '../api/baseUrl';
import { sendRequest } from '../api/request';
import { isEmpty } from '../model/inputProblem';
import { READING, templateIn, templateRequest } from './templates';

/** The editor waits for this, so it gets less time than a send. */
const TIMEOUT_MS = 10_000;

/**
 * Feeds the template's own parameters to the editor as fields; called whenever the template ID changes.
 *
 * Every response carries a notice, one with fields too: the editor keeps the notice of an earlier response until another
 * comes, and shows it while parameters are mapped automatically. And nothing is thrown, as far as it can be told here:
 * the editor swallows errors of this call, so that a wrong ID or wrong keys would look like a template without parameters.
 */
export async function getTemplateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const given = this.getCurrentNodeParameter('templateId');
	const templateId = Number(given);
	if (isEmpty(given) || templateId === 0) return notice("Enter a 'Template ID' to see the template's parameters here.");
	if (!Number.isSafeInteger(templateId) || templateId < 1) {
		return notice(
			"The parameters can only be shown if 'Template ID' is a number. With an expression, choose 'Name and Value Pairs' or 'JSON' above.",
		);
	}
	if (!this.getNode().credentials?.jSmsApi) return notice("Choose a credential to see the template's parameters here.");
	const { baseUrl } = await this.getCredentials('jSmsApi');
	const checked = checkBaseUrl(baseUrl);
	if ('problem' in checked) return notice(checked.problem);
	const outcome = await sendRequest(
		this,
		{ credential: 'jSmsApi', baseUrl: checked.baseUrl, timeout: TIMEOUT_MS },
		templateRequest(templateId),
		READING,
	);
	if (outcome.class !== 'accepted') {
		const { message, hint } = failureOfOutcome(outcome);
		return notice(`Template ${templateId} could not be read. ${message}. ${hint}`);
	}
	const names = templateIn(outcome.body)?.names ?? [];
	return {
		fields: names.map((name) => ({
			id: name,
			displayName: name,
			required: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			type: 'string',
		})),
		emptyFieldsNotice:
			names.length === 0
				? `Template ${templateId} has no parameters: there is nothing to fill in.`
				: `The parameters of template ${templateId}: ${names.join(', ')}.`,
	};
}

function notice(emptyFieldsNotice: string): ResourceMapperFields {
	return { fields: [], emptyFieldsNotice };
}
