'use strict';

/**
 * Mutants that no test can notice, because they behave like the code they replace.
 *
 * `text` is the line of the source, `becomes` what the mutant puts in (left out: whatever it puts in).
 *
 * @type {Array<{ file: string, text: string, becomes?: string, reason: string }>}
 */
const EQUIVALENT = [
	{
		file: 'nodes/JSms/api/baseUrl.ts',
		text: 'const [, scheme, authority, path, rest] = ADDRESS.exec(text) ?? [];',
		becomes: '["Stryker was here"]',
		reason: 'Only what stands behind the first place is read.',
	},
	{
		file: 'nodes/JSms/api/apiError.ts',
		text: 'const raw: JsonObject = { message, ...(code !== undefined && { code }) };',
		becomes: 'true',
		reason: 'For n8n a code that is `undefined` is none.',
	},
	{
		file: 'nodes/JSms/api/baseUrl.ts',
		text: "if (scheme === undefined || (rest !== '' && !/^[?#]/.test(rest)) || !URL.canParse(text)) {",
		becomes: 'false',
		reason: 'Where nothing was found, the rest is `undefined` as well, and the second condition says the same.',
	},
	{
		file: 'nodes/JSms/api/errorCodes.ts',
		text: "return typeof code === 'number' && Number.isInteger(code) ? code : undefined;",
		becomes: 'true',
		reason: 'Nothing but a number is an integer; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: "export function classify(exchange: Exchange, expects: Expectation = 'json'): Outcome {",
		becomes: '""',
		reason: 'What is neither `empty` nor `list` is judged as `json`.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: "if (code !== undefined) return { class: 'refused', ...describeRefusal(code, readText(error?.message), status) };",
		becomes: 'error.message',
		reason: 'Where there is a code there is an error that holds it; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/api/outcome.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Leaving out `return undefined` returns the same.',
	},
	{
		file: 'nodes/JSms/api/request.ts',
		text: "deadline.removeEventListener('abort', expire);",
		becomes: '""',
		reason: 'What has come stays; the listener that is taken off could do nothing any more.',
	},
	{
		file: 'nodes/JSms/api/request.ts',
		text: "kind: 'answer',",
		becomes: '""',
		reason: 'Whatever is no failure is judged as an answer.',
	},
	...[
		"return Object.assign(new Error('no complete answer in time'), { code: 'ETIMEDOUT' });",
		"if (!isRecord(response)) return { kind: 'failure', code: 'NO_ANSWER', message: 'n8n returned no answer' };",
	].map((text) => ({
		file: 'nodes/JSms/api/request.ts',
		text,
		becomes: '""',
		reason: 'These words are shown nowhere; they are only searched for those of a failed connection.',
	})),
	{
		file: 'nodes/JSms/execute/admit.ts',
		text: "crashedTry: CrashedTry | Promise<CrashedTry> = 'none',",
		becomes: '""',
		reason: 'Only `changed` makes a difference here.',
	},
	{
		file: 'nodes/JSms/execute/balance.ts',
		text: 'let [keyed, replaces] = [false, false];',
		becomes: '[]',
		reason: 'Both are only asked whether they are true.',
	},
	{
		file: 'nodes/JSms/execute/balance.ts',
		text: "if (outcome.class === 'refused' && outcome.code === NO_QUOTA) {",
		becomes: 'true',
		reason: 'No other outcome has this code; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: 'if (twice.size === 0) return;',
		becomes: 'false',
		reason: 'A short cut: the long way finds nothing to reject.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: "if ('problem' in entry || entry.shared.scheduleId === undefined || !twice.has(entry.shared.scheduleId)) return;",
		becomes: 'false',
		reason: 'No schedule without ID is written twice; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/execute/entries.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Spreading nothing adds nothing, as spreading an empty object does.',
	},
	{
		file: 'nodes/JSms/batch/family.ts',
		text: 'await note?.();',
		becomes: 'note()',
		reason: 'Calling nothing throws, and whatever is thrown here is ignored.',
	},
	{
		file: 'nodes/JSms/batch/match.ts',
		text: 'if (mobile === undefined || !asked.has(mobile)) invented += 1;',
		becomes: 'false',
		reason: 'Nobody has asked for `undefined`: the second condition says the same.',
	},
	...['false', '{}'].map((becomes) => ({
		file: 'nodes/JSms/batch/match.ts',
		text: 'if (indexes.length === 1 && rows.length === 1) {',
		becomes,
		reason: 'A short cut: the long way gives one message and one line the same result.',
	})),
	{
		file: 'nodes/JSms/batch/matchFailures.ts',
		text: 'for (const [mobile, rows] of byMobile) leftOver += assignFailures(recipients, asked.get(mobile) ?? [], rows, results);',
		becomes: '["Stryker was here"]',
		reason: 'Only numbers that were asked for are in this list; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/batch/plan.ts',
		text: 'if (entry.shared !== last?.shared) {',
		becomes: 'true',
		reason: 'A short cut: the same values have the same key, and with it the same group.',
	},
	{
		file: 'nodes/JSms/batch/rows.ts',
		text: "const shared = 'problem' in entry ? undefined : entry.shared;",
		becomes: '""',
		reason: 'A line that was refused has no `shared`, so reading it gives `undefined`, too.',
	},
	{
		file: 'nodes/JSms/batch/run.ts',
		text: 'private readonly closing: Array<Promise<void>> = [];',
		reason: 'Waiting for all of a list takes no notice of what is no promise.',
	},
	...['recipients', 'refused'].map((list) => ({
		file: 'nodes/JSms/batch/run.ts',
		text: {
			recipients: 'await quietly(async () => await release?.(recipients));',
			refused: 'if (refused.length > 0) await quietly(async () => await release?.(refused));',
		}[list],
		becomes: `release(${list})`,
		reason: 'Calling nothing throws, and `quietly` ignores whatever is thrown.',
	})),
	{
		file: 'nodes/JSms/batch/run.ts',
		text: "const refused = recipients.filter((_, index) => this.results[request.positions[index]]?.status === 'failed');",
		becomes: 'this.results[request.positions[index]].status',
		reason: 'Everybody of an accepted request has a result by then; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/batch/run.ts',
		text: 'this.settings.onInventedRows?.(count);',
		becomes: 'this.settings.onInventedRows(count)',
		reason: 'Calling nothing throws, and whatever is thrown here is ignored.',
	},
	{
		file: 'nodes/JSms/memory/crashNotes.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Leaving out `return undefined` returns the same.',
	},
	{
		file: 'nodes/JSms/memory/dedupeStore.ts',
		text: 'if (!this.waiting || entries.some((entry) => this.waiting?.entries.has(entry))) this.waiting = this.openCall(check);',
		becomes: 'this.waiting.entries',
		reason: 'The first condition has made sure that something waits; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/memory/dedupeStore.ts',
		text: 'if (left > 0) await sleep(left);',
		becomes: 'left >= 0',
		reason: 'A pause of no time changes nothing: the look-up comes right behind it.',
	},
	{
		file: 'nodes/JSms/memory/digest.ts',
		text: "`[${JSON.stringify(method)},${JSON.stringify(path)},${body ? bodyText(body) : 'null'}]`,",
		becomes: '""',
		reason: 'Any text will do that no body has.',
	},
	{
		file: 'nodes/JSms/memory/index.ts',
		text: 'if (usesKeys || store?.isContested()) await store?.settle();',
		becomes: 'store.settle',
		reason: 'Where keys are used there is a store, and where one is contested as well; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/memory/seenCallbacks.ts',
		text: 'if (this.underWay.size >= SWEEP_ABOVE) for (const one of [...this.underWay.keys()]) this.settle(one);',
		becomes: 'true',
		reason: 'Looking more often finds the same, only slower.',
	},
	{
		file: 'nodes/JSms/memory/seenCallbacks.ts',
		text: 'if (this.underWay.get(key) === noted) this.settle(key);',
		becomes: 'true',
		reason: 'What else is under this key by then is settled only if it was answered, as it would be at the next look.',
	},
	{
		file: 'nodes/JSms/receipts/callback.ts',
		text: 'return FIELDS.every((field) => form[field] !== undefined);',
		reason: 'No field is missing by then; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/receipts/callback.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Leaving out `return undefined` returns the same.',
	},
	{
		file: 'nodes/JSms/receipts/pace.ts',
		text: 'for (const [name, { busy, free }] of lines) if (!busy && free <= now) lines.delete(name);',
		becomes: 'free < now',
		reason: 'Who may pull at this very moment waits for nothing with a record either; it goes with the next call.',
	},
	{
		file: 'nodes/JSms/sms/balance.ts',
		text: "return typeof amount === 'number' && Number.isFinite(amount) ? amount : undefined;",
		becomes: 'true',
		reason: 'Nothing but a number is finite; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/sms/units.ts',
		text: 'if (!/[\\n\\r\\ud800-\\udfff]/.test(sms)) return sms.length;',
		becomes: 'false',
		reason: 'A short cut: the long way counts the same.',
	},
	{
		file: 'nodes/JSms/poll/backoff.ts',
		text: "if (outcome === 'refused' && code !== undefined && KEYS.includes(code)) return { cause: 'credential-invalid' };",
		becomes: 'true',
		reason: 'The list holds no `undefined`; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/poll/poll.ts',
		text: "sendRequest(context, client, request, { effect: 'act', expects: 'list' }),",
		becomes: '""',
		reason: 'Whatever is not `repeat` is not repeated.',
	},
	{
		file: 'nodes/JSms/webhook/receive.ts',
		text: "const contentType = context.getHeaderData()['content-type'] ?? '';",
		becomes: '"Stryker was here!"',
		reason: 'Neither is the type of a form.',
	},
	{
		file: 'nodes/JSms/webhook/receive.ts',
		text: "return fingerprint([context.getWorkflow().id ?? '', context.getNode().id, form.signature, form.data]);",
		becomes: '"Stryker was here!"',
		reason: 'n8n gives every workflow with a webhook an ID; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: 'return JSON.parse(/\\d{16}/.test(text) ? quoteLongIntegers(text) : text);',
		becomes: '/\\d/',
		reason: 'A short cut: without long integers the long way gives the text back as it was.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: 'while (at < text.length) {',
		becomes: 'at <= text.length',
		reason: 'Behind the end stands nothing, which is stepped over.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: '} else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {',
		becomes: 'true',
		reason: 'What begins no number is stepped over as well, only slower.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: '} else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) {',
		becomes: 'char >= 0x30 || char <= 0x39',
		reason: 'What begins no number is stepped over as well, only slower.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: "while (end !== -1 && isEscaped(text, end)) end = text.indexOf('\"', end + 1);",
		becomes: 'true',
		reason: 'Nothing stands before the place -1, so it is not escaped.',
	},
	{
		file: 'nodes/JSms/json.ts',
		text: "while (end !== -1 && isEscaped(text, end)) end = text.indexOf('\"', end + 1);",
		becomes: '+1',
		reason:
			'Before a quotation mark in second place only the one that opens has room; and nothing stands before the place -1.',
	},
	{
		file: 'nodes/JSms/fields/mobile.ts',
		text: "if (typeof value === 'string' && /^1\\d{10}$/.test(value)) return value;",
		becomes: 'false',
		reason: 'A short cut: the long way gives the same number.',
	},
	{
		file: 'nodes/JSms/fields/mobile.ts',
		text: "if (typeof value === 'string' && /^1\\d{10}$/.test(value)) return value;",
		becomes: '""',
		reason: 'A short cut: the long way gives the same number.',
	},
	{
		file: 'nodes/JSms/fields/mobile.ts',
		text: "if (typeof value === 'string' && /^1\\d{10}$/.test(value)) return value;",
		becomes: '/^1\\d$/',
		reason: 'A short cut: the long way gives the same number, and a text of two digits as it is.',
	},
	{
		file: 'nodes/JSms/fields/numbers.ts',
		text: "if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < bounds.min || number > bounds.max) {",
		becomes: 'false',
		reason: 'Nothing but a number is an integer; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/fields/recipients.ts',
		text: "...attempt(() => ({ tempPara: toTemplateParameters(given, 'temp_para') })),",
		becomes: '""',
		reason: 'The sentence that would name it is thrown away.',
	},
	{
		file: 'nodes/JSms/fields/recipients.ts',
		text: '} catch {',
		becomes: '{}',
		reason: 'Leaving out `return undefined` returns the same.',
	},
	{
		file: 'nodes/JSms/fields/review.ts',
		text: "const state = STATES.get(readText(body.status) ?? '');",
		becomes: '"Stryker was here!"',
		reason: 'Neither is a state.',
	},
	{
		file: 'nodes/JSms/fields/sendTime.ts',
		text: "if (typeof given === 'string') return formatOf(given.trim()).resolvedOptions().timeZone;",
		becomes: 'true',
		reason: 'What is no text cannot be trimmed, and what that throws is caught.',
	},
	{
		file: 'nodes/JSms/fields/sendTime.ts',
		text: 'const at = /^\\d{4}-\\d\\d-\\d\\d[T ].*(Z|[+-]\\d\\d:?\\d\\d)$/i.test(text)',
		becomes: '/^\\d{4}-\\d\\d-\\d\\d[T ].*(Z|[+-]\\d\\d:?\\d\\d)/i',
		reason: 'With anything behind it, `Date.parse` takes it for no time either.',
	},
	{
		file: 'nodes/JSms/fields/sendTime.ts',
		text: "const value = typeof given === 'object' ? given.valueOf() : given;",
		becomes: 'true',
		reason: 'What is no object is its own value.',
	},
	{
		file: 'nodes/JSms/fields/sendTime.ts',
		text: 'if (known) return known;',
		becomes: 'false',
		reason: 'A short cut: making one anew gives the same.',
	},
	{
		file: 'nodes/JSms/fields/templateParameters.ts',
		text: 'if (known) return known;',
		becomes: 'false',
		reason: 'A short cut: reading them anew gives the same.',
	},
	{
		file: 'nodes/JSms/resources/schedule/get.operation.ts',
		text: "const sendAt = typeof sendTime === 'string' ? momentOf(sendTime, String(aside?.timeZone)) : undefined;",
		becomes: 'true',
		reason: 'What is no text is no wall clock either; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/resources/schedule/get.operation.ts',
		text: "const sendAt = typeof sendTime === 'string' ? momentOf(sendTime, String(aside?.timeZone)) : undefined;",
		becomes: 'aside.timeZone',
		reason: 'Each request of this operation carries its zone; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/resources/schedule/updateBatch.operation.ts',
		text: "path: `/schedule/batch/${encodeURIComponent(shared.scheduleId ?? '')}`,",
		becomes: '"Stryker was here!"',
		reason: 'What was read for this operation has an ID; only the type does not know it.',
	},
	{
		file: 'nodes/JSms/resources/verificationCode/verify.operation.ts',
		text: 'const reason = code === undefined ? undefined : REASONS.get(code);',
		becomes: 'false',
		reason: 'The list holds no `undefined`; only the type does not know it.',
	},
];

module.exports = { EQUIVALENT };
