import { html, trusted, type Html } from './html';
import type { Problem } from './problems';
import { SCRIPT } from './script';
import { styleFor } from './style';
import type { Texts } from './texts';

/** Names of the inputs. The further fields have a prefix, so that none can take the place of another input. */
export const FIELD_PREFIX = 'f_';
export const TRAP = 'contact_again';

/** A further field as the page shows it. */
export interface PageField {
	name: string;
	label: string;
	type: 'text' | 'email';
	required: boolean;
}

/** What the owner of the workflow chose; empty texts stand for those in the visitor's language. */
export interface Look {
	texts: Texts;
	title: string;
	description: string;
	sendButton: string;
	verifyButton: string;
	color: string;
	/** Allows the style sheet and the script of this very page, and no others. */
	nonce: string;
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
							aria-describedby="hint"
							value="${view.mobile}"
							${state(wrong, 'mobile', true)}
						/>
					</div>
					<div class="hint" id="hint">${texts.mobileHint}</div>
				</div>
				${view.fields.map((field) => fieldInput(texts, field, view.values[field.name] ?? '', wrong === field.name))}
				<div class="trap" aria-hidden="true">
					<label for="${TRAP}">${texts.leaveEmpty}</label
					><input id="${TRAP}" name="${TRAP}" tabindex="-1" autocomplete="off" />
				</div>
				<button>${look.sendButton || texts.send}</button>
			</form>`,
	);
}

/** The form for the code; without an input for it where nobody knows whether a code was sent. */
export function codePage(
	look: Look,
	view: { token: string; mobile: string; canCheck: boolean; wait: number; problem?: Problem },
): string {
	const { texts } = look;
	const hidden = (step: string) =>
		html`<input type="hidden" name="step" value="${step}" /><input type="hidden" name="visit" value="${view.token}" />`;
	return page(
		look,
		texts.codeTitle,
		html`<h1>${texts.codeTitle}</h1>
			<p>${view.canCheck ? texts.codeSent(view.mobile) : texts.codeMaybeSent(view.mobile)}</p>
			${alertOf(texts, view.problem)}
			${view.canCheck &&
			html`<form method="post">
				${hidden('check')}
				<div class="field">
					<label for="code">${texts.code}</label
					><input
						class="code"
						id="code"
						name="code"
						type="text"
						inputmode="numeric"
						autocomplete="one-time-code"
						maxlength="16"
						required${state(view.problem && wrongInput(view.problem), 'code', true)}
					/>
				</div>
				<button>${look.verifyButton || texts.verify}</button>
			</form>`}
			<form method="post">
				${hidden('resend')}
				<button class="second" data-wait="${view.wait}" data-text="${texts.resendIn}">${texts.resend}</button>
			</form>
			<a class="other" href="">${texts.changeNumber}</a>`,
	);
}

const CHECK_MARK = trusted(
	'<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><path d="M4 12.5l5.5 5.5L20 6.5"/></svg>',
);
const CROSS = trusted(
	'<svg class="mark bad" viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"><path d="M12 4v10M12 19v.5"/></svg>',
);

/**
 * The last page.
 * @param view.policy the policy as n8n replaces ours in the header of this response
 */
export function donePage(look: Look, view: { text: string; redirectUrl?: string; policy: string }): string {
	const { texts } = look;
	const { redirectUrl } = view;
	return page(
		look,
		texts.doneTitle,
		html`<div class="done">
			${CHECK_MARK}
			<h1 tabindex="-1" autofocus>${texts.doneTitle}</h1>
			<p>${redirectUrl ? texts.redirectDescription : view.text || texts.doneDescription}</p>
			${redirectUrl && html`<a class="button" href="${redirectUrl}">${texts.continue}</a>`}
		</div>`,
		html`<meta http-equiv="Content-Security-Policy" content="${view.policy}" />${redirectUrl &&
			html`<meta http-equiv="refresh" content="0;url=${redirectUrl}" />`}`,
	);
}

/** A page that only says what went wrong. */
export function messagePage(look: Look, title: string, text: string): string {
	return page(
		look,
		title,
		html`<div class="done">
			${CROSS}
			<h1>${title}</h1>
			<p>${text}</p>
		</div>`,
	);
}

function page({ texts, color, nonce }: Look, title: string, body: Html, head?: Html): string {
	return html`<!DOCTYPE html>
		<html lang="${texts.lang}">
			<head>
				<meta charset="utf-8" />
				${head}
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="robots" content="noindex" />
				<meta name="format-detection" content="telephone=no" />
				<meta name="color-scheme" content="light dark" />
				<title>${title}</title>
				<link rel="icon" href="data:," />
				<style nonce="${nonce}">
					${styleFor(color)}
				</style>
			</head>
			<body>
				<main>${body}</main>
				<script nonce="${nonce}">
					${SCRIPT};
				</script>
			</body>
		</html> `.text;
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

function alertOf(texts: Texts, problem: Problem | undefined, label?: string): Html | undefined {
	return problem && html`<div class="alert" id="problem" role="alert">${texts.problem(problem, label)}</div>`;
}

function labelOf(fields: readonly PageField[], problem: Problem | undefined): string | undefined {
	return fields.find(({ name }) => name === problem?.field)?.label;
}

/** The input that a problem is about, so that it is marked and has the cursor. */
function wrongInput({ error, field }: Problem): string | undefined {
	if (error === 'missing_mobile' || error === 'invalid_mobile') return 'mobile';
	if (error === 'missing_code' || error === 'wrong_code') return 'code';
	return field;
}

function state(wrong: string | undefined, name: string, isFirst: boolean): Html {
	if (wrong === name) return html` aria-invalid="true" autofocus`;
	return wrong === undefined && isFirst ? html` autofocus` : html``;
}
