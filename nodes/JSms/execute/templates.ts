import type { Outcome } from '../model/outcome';
import type { SendPolicy } from '../api/request';
import { withinSentence } from '../model/cause';
import { isRecord } from '../model/json';
import { InputProblem } from '../model/inputProblem';
import type { ApiRequest } from '../model/request';
import { compileTemplate } from '../model/templateText';
import type { KnownTemplate } from '../model/wholeSms';

const TRY_LATER = 'Nothing was sent. Retry later, or map each parameter manually: then the template need not be read.';

/** GET /templates/{temp_id} ("Template" page): the only way to learn the text of a template. */
export function templateRequest(templateId: number): ApiRequest {
	return { method: 'GET', path: `/templates/${templateId}` };
}

/** Reading a template changes nothing. */
export const READING: SendPolicy = { effect: 'idempotent' };

/** The template in the response to `templateRequest`; undefined when it holds no text. */
export function templateIn(body: unknown): KnownTemplate | undefined {
	if (!isRecord(body) || typeof body.template !== 'string') return undefined;
	return { ...compileTemplate(body.template), type: Number(body.type) };
}

/** Templates by their ID, each read once per run. */
export class Templates {
	private readonly known = new Map<number, Promise<KnownTemplate | InputProblem>>();

	constructor(private readonly get: (request: ApiRequest) => Promise<Outcome>) {}

	/**
	 * A template.
	 * @throws InputProblem when it cannot be read; nothing has been sent then
	 */
	async of(templateId: number): Promise<KnownTemplate> {
		let template = this.known.get(templateId);
		if (!template) {
			template = this.fetch(templateId);
			this.known.set(templateId, template);
		}
		const result = await template;
		if (result instanceof InputProblem) throw result;
		return result;
	}

	private async fetch(templateId: number): Promise<KnownTemplate | InputProblem> {
		const outcome = await this.get(templateRequest(templateId));
		if (outcome.class === 'accepted') {
			return (
				templateIn(outcome.body) ??
				new InputProblem(`The text of template ${templateId} could not be read`, TRY_LATER, 'everyone')
			);
		}
		const hint = outcome.class === 'refused' ? outcome.hint : TRY_LATER;
		return new InputProblem(
			`Template ${templateId} could not be read: ${withinSentence(outcome.message)}`,
			hint,
			'everyone',
		);
	}
}
