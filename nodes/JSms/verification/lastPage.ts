import { html, trusted } from './html';
import { page, type Look } from './layout';

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
