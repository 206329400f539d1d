import { html, type Html } from './html';
import type { Problem } from './problems';
import { SCRIPT } from './script';
import { styleFor } from './style';
import type { Texts } from './texts';

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

/** A whole page. @param head what only this page has in its head */
export function page({ texts, color, nonce }: Look, title: string, body: Html, head?: Html): string {
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

/** What is wrong, where screen readers say it at once. */
export function alertOf(texts: Texts, problem: Problem | undefined, label?: string): Html | undefined {
	return problem && html`<div class="alert" id="problem" role="alert">${texts.problem(problem, label)}</div>`;
}

/** The input that a problem is about, so that it is marked and has the cursor. */
export function wrongInput({ error, field }: Problem): string | undefined {
	if (error === 'missing_mobile' || error === 'invalid_mobile') return 'mobile';
	if (error === 'missing_code' || error === 'wrong_code') return 'code';
	return field;
}

/** Marks the input that is wrong, and puts the cursor there; otherwise into the first input. */
export function stateOf(wrong: string | undefined, name: string): Html {
	if (wrong === name) return html` aria-invalid="true" autofocus`;
	return wrong === undefined ? html` autofocus` : html``;
}
