import { html } from './html';
import { alertOf, page, stateOf, wrongInput, type Look } from './layout';
import type { Problem } from './problems';

/** The form for the code; without an input for it where the code may or may not have been sent. */
export function codePage(
	look: Look,
	view: { token: string; mobile: string; canCheck: boolean; wait: number; problem?: Problem },
): string {
	const { texts } = look;
	const wrong = view.problem && wrongInput(view.problem);
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
						required${wrong === 'code' && html` aria-describedby="problem"`}${stateOf(wrong, 'code')}
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
