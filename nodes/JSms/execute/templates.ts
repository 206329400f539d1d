import type { Outcome } from '../api/outcome';
import { isRecord } from '../json';
import { InputProblem } from '../fields/problem';
import { placeholdersOf } from '../fields/template';
import type { ApiRequest } from '../operation';

/** GET /templates/{temp_id} ("Template" page): the only way to learn the parameters of a template. */
export function templateRequest(templateId: number): ApiRequest {
	return { method: 'GET', path: `/templates/${templateId}` };
}

/** The parameter names of a template, from the answer to `templateRequest`; undefined when it holds no text. */
export function parameterNames(body: unknown): string[] | undefined {
	return isRecord(body) && typeof body.template === 'string' ? placeholdersOf(body.template) : undefined;
}

/** Parameter names by template, each template read once per run. */
export class TemplateNames {
	private readonly known = new Map<number, Promise<string[] | InputProblem>>();

	constructor(private readonly get: (request: ApiRequest) => Promise<Outcome>) {}

	/**
	 * Names of the parameters of a template.
	 * @throws InputProblem when the template cannot be read; nothing has been sent then
	 */
	async of(templateId: number): Promise<string[]> {
		let names = this.known.get(templateId);
		if (!names) {
			names = this.fetch(templateId);
			this.known.set(templateId, names);
		}
		const result = await names;
		if (result instanceof InputProblem) throw result;
		return result;
	}

	private async fetch(templateId: number): Promise<string[] | InputProblem> {
		const outcome = await this.get(templateRequest(templateId));
		if (outcome.class === 'accepted') {
			return (
				parameterNames(outcome.body) ??
				new InputProblem(
					`The text of template ${templateId} could not be read`,
					'Try again, or map each parameter manually.',
					'everyone',
				)
			);
		}
		const hint =
			outcome.class === 'refused' ? outcome.hint : 'Nothing was sent. Try again later, or map each parameter manually.';
		return new InputProblem(`Template ${templateId} could not be read: ${outcome.message}`, hint, 'everyone');
	}
}
