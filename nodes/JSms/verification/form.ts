import type { IWebhookResponseData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isRecord } from '../model/json';
import { maskMobile } from '../model/mask';
import { checkCode, requestAnother, requestCode, secondsToWait } from './flow';
import { SHORTEST_VISIT_MS } from './formPace';
import { RESPONDED } from './json';
import { mayPostForm } from './origin';
import { codePage } from './codePage';
import { donePage, messagePage } from './lastPage';
import type { Look } from './layout';
import { FIELD_PREFIX, startPage, HONEYPOT, type PageField } from './startPage';
import { metaPolicy, type Origins } from './policy';
import { isProblem, type Problem } from './problems';
import { startResponseOf, setCommonHeaders, setPageHeaders, sendPage, showPageAtEnd } from './reply';
import { itemOf, type VisitorRequest } from './request';
import { DEFAULT_COLOR } from './style';
import { newId, open, seal } from './token';
import { readValues, readVisitorCode, readVisitorMobile } from './values';
import { openVisit, sealVisit, type Visit } from './visit';

/** Shows the form for the number. */
export function handleGet(request: VisitorRequest): IWebhookResponseData {
	preparePages(request);
	const fromUrl = request.settings.moreFields.filter(({ type }) => type === 'fromUrl');
	const read = readValues(fromUrl, ({ name }) => textIn(request.query, name));
	return showStart(request, { ...(isProblem(read) && { problem: read }) });
}

/** Handles a form of one of the pages. */
export async function handleForm(request: VisitorRequest): Promise<IWebhookResponseData> {
	preparePages(request);
	const { body, origin, ownOrigins, key, call } = request;
	if (!mayPostForm(origin, ownOrigins)) return refuse(request, { error: 'forbidden' });
	if (!isRecord(body)) return showStart(request, { problem: { error: 'bad_request' } });
	const step = textIn(body, 'step');
	if (step === 'start') return await start(request, body);
	if (step !== 'resend' && step !== 'check') return showStart(request, { problem: { error: 'bad_request' } });
	const visit = openVisit(key, textIn(body, 'visit') ?? '', call.clock.wall());
	if (!visit) return showStart(request, { problem: { error: 'start_again' } });
	if (step === 'check') return await check(request, visit, textIn(body, 'code'));
	const next = await requestAnother(call, visit);
	return isProblem(next) ? showCode(request, visit, next) : showCode(request, next);
}

async function start(request: VisitorRequest, body: Record<string, unknown>): Promise<IWebhookResponseData> {
	const { settings, key, call, query } = request;
	if (textIn(body, HONEYPOT)) return refuse(request, { error: 'forbidden' });
	const token = textIn(body, 'page') ?? '';
	const opened = open(key, 'page', token, call.clock.wall());
	const given = {
		mobile: (textIn(body, 'mobile') ?? '').slice(0, 40),
		values: Object.fromEntries(
			settings.moreFields.map(({ name }) => [name, (textIn(body, FIELD_PREFIX + name) ?? '').slice(0, 500)]),
		),
	};
	if (opened.state !== 'valid') return showStart(request, { ...given, problem: { error: 'start_again' } });
	const again = (problem: Problem) => showStart(request, { ...given, token, problem });
	const mobile = readVisitorMobile(textIn(body, 'mobile'));
	if (typeof mobile !== 'string') return again(mobile);
	const read = readValues(settings.moreFields, ({ name, type }) =>
		type === 'fromUrl' ? textIn(query, name) : textIn(body, FIELD_PREFIX + name),
	);
	if (isProblem(read)) return again(read);
	const age = Math.max(0, call.clock.wall() - opened.issuedAt);
	if (age < SHORTEST_VISIT_MS) await sleep(SHORTEST_VISIT_MS - age);
	const visit = await requestCode(call, { form: String(opened.content.id), mobile, values: read.values });
	if (isProblem(visit)) return again(visit);
	// A form that was sent long ago, and now again: its code has expired.
	const isOver = !openVisit(key, sealVisit(key, visit), call.clock.wall());
	return isOver ? showStart(request, { ...given, problem: { error: 'start_again' } }) : showCode(request, visit);
}

async function check(
	request: VisitorRequest,
	visit: Visit,
	entered: string | undefined,
): Promise<IWebhookResponseData> {
	const { settings, call, response, nonce } = request;
	const waits = settings.respond === 'lastNode';
	const read = readVisitorCode(entered);
	if (isProblem(read)) return showCode(request, visit, read);
	const checked = await checkCode(call, visit, read.code, startResponseOf(response, waits));
	if (isProblem(checked)) return showCode(request, visit, checked);
	const look = lookOf(request);
	const { redirectUrl, successText } = settings;
	const done = donePage(look, {
		text: successText,
		...(redirectUrl !== undefined && { redirectUrl }),
		policy: metaPolicy(nonce),
	});
	if (!checked.first) {
		sendPage(response, done);
		return RESPONDED;
	}
	const { failedTitle, failedDescription } = request.texts;
	if (waits) {
		showPageAtEnd(
			response,
			(failed) => (failed ? messagePage(look, failedTitle, failedDescription) : done),
			() => setPageHeaders(response, nonce, originsOf(request)),
		);
	}
	return { workflowData: [[itemOf(visit, checked, call.clock.wall())]], webhookResponse: done };
}

function preparePages(request: VisitorRequest): void {
	const { response, settings, nonce } = request;
	setCommonHeaders(response, settings.embedOrigins);
	setPageHeaders(response, nonce, originsOf(request));
}

function originsOf({ ownOrigins, settings }: VisitorRequest): Origins {
	return { own: ownOrigins, embed: settings.embedOrigins };
}

interface StartView {
	/** The token that the form came with; a new one where it had none that is good. */
	token?: string;
	mobile?: string;
	values?: Record<string, string>;
	problem?: Problem;
}

function showStart(request: VisitorRequest, view: StartView): IWebhookResponseData {
	const { key, call, settings, response } = request;
	const { token = seal(key, 'page', { id: newId() }, call.clock.wall()), mobile = '', values = {}, problem } = view;
	const fields = settings.moreFields.filter((field): field is PageField => field.type !== 'fromUrl');
	sendPage(
		response,
		startPage(lookOf(request), { token, mobile, values, fields, ...(problem && { problem }) }),
		problem,
	);
	return RESPONDED;
}

function showCode(request: VisitorRequest, visit: Visit, problem?: Problem): IWebhookResponseData {
	const { key, call, response } = request;
	const page = codePage(lookOf(request), {
		token: sealVisit(key, visit),
		mobile: maskMobile(visit.mobile),
		canCheck: visit.msgId !== undefined,
		wait: secondsToWait(call, visit),
		...(problem && { problem }),
	});
	sendPage(response, page, problem);
	return RESPONDED;
}

function refuse(request: VisitorRequest, problem: Problem): IWebhookResponseData {
	const { texts, response } = request;
	sendPage(response, messagePage(lookOf(request), texts.failedTitle, texts.problem(problem)), problem);
	return RESPONDED;
}

function lookOf({ settings, texts, nonce }: VisitorRequest): Look {
	const { title, description, sendButton, verifyButton, buttonColor } = settings;
	return { texts, title, description, sendButton, verifyButton, color: buttonColor ?? DEFAULT_COLOR, nonce };
}

/** A value of a form or a query; undefined for lists and objects, which only a program sends. */
function textIn(record: Record<string, unknown>, name: string): string | undefined {
	const value = Object.hasOwn(record, name) ? record[name] : undefined;
	return typeof value === 'string' ? value : undefined;
}
