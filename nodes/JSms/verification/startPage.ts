import { html, type Html } from './html';
import { alertOf, page, stateOf, wrongInput, type Look } from './layout';
import type { Problem } from './problems';
import type { Texts } from './texts';

/** Names of the inputs. The further fields have a prefix, so that none can take the place of another input. */
export const FIELD_PREFIX = 'f_';
export const HONEYPOT = 'contact_again';

/** A further field as the page shows it. */
export interface PageField {
	name: string;
	label: string;
	type: 'text' | 'email';
	required: boolean;
}

/** The form for the number. */
export function startPage(
	look: Look,
	view: {
		token: string;
		mobile: string;
		fields: readonly PageField[];
		values: Record<string, string>;
		problem?: Problem;
	},
): string {
	const { texts } = look;
	const { problem } = view;
	const wrong = problem && wrongInput(problem);
	return page(
		look,
		look.title || texts.startTitle,
		html`<h1>${look.title || texts.startTitle}</h1>
			<p>${look.description || texts.startDescription}</p>
			${alertOf(texts, problem, labelOf(view.fields, problem))}
			<form method="post">
				<input type="hidden" name="step" value="start" /><input type="hidden" name="page" value="${view.token}" />
				<div class="field">
					<label for="mobile">${texts.mobile}</label>
					<div class="number">
						<b aria-hidden="true">+86</b
						><input
							id="mobile"
							name="mobile"
							type="tel"
							autocomplete="tel"
							maxlength="40"
							required
							aria-describedby="${wrong === 'mobile' ? 'hint problem' : 'hint'}"
							value="${view.mobile}"
							${stateOf(wrong, 'mobile')}
						/>
					</div>
					<div class="hint" id="hint">${texts.mobileHint}</div>
				</div>
				${view.fields.map((field) => fieldInput(texts, field, view.values[field.name] ?? '', wrong === field.name))}
				<div class="trap" aria-hidden="true">
					<label for="${HONEYPOT}">${texts.leaveEmpty}</label
					><input id="${HONEYPOT}" name="${HONEYPOT}" tabindex="-1" autocomplete="off" />
				</div>
				<button>${look.sendButton || texts.send}</button>
			</form>`,
	);
}

function fieldInput(texts: Texts, field: PageField, value: string, isWrong: boolean): Html {
	const id = FIELD_PREFIX + field.name;
	return html`<div class="field">
		<label for="${id}">${field.label} <span>(${field.required ? texts.required : texts.optional})</span></label
		><input
			id="${id}"
			name="${id}"
			type="${field.type}"
			${field.type === 'email' && html` autocomplete="email"`}
			maxlength="500"
			${field.required && html` required`}
			value="${value}"
			${isWrong && html` aria-invalid="true" aria-describedby="problem" autofocus`}
		/>
	</div>`;
}

function labelOf(fields: readonly PageField[], problem: Problem | undefined): string | undefined {
	return fields.find(({ name }) => name === problem?.field)?.label;
}
