/** Expressions as people write them. */
export const EXPRESSION = {
	phone: '={{ $json.phone }}',
	missing: '={{ $json.missing }}',
	throws: "={{ $('Nope').item.json.x }}",
	/** As text: a bare date is refused for having no format. */
	now: '={{ $now.toFormat("HH:mm:ss.SSS") }}',
	random: '={{ String(Math.floor(100000 + Math.random() * 900000)) }}',
	text: '={{ $json.text }}',
	key: '={{ $json.key }}',
	keyText: '=o-{{ $json.key }}',
	keyOrNothing: '={{ $json.key || undefined }}',
	keyOfOrder: '={{ $json.order.id }}',
	when: '={{ $json.when }}',
	inAnHour: '={{ $now.plus({ hours: 1 }) }}',
	phoneInList: '={{ [$json.phone] }}',
	scheduleId: '={{ $json.id }}',
	recipientObjects:
		'={{ [$json.phone, ...($json.more ?? [])].map((mobile) => ({ mobile, temp_para: { number: $json.text } })) }}',
	recipientNumbers: '={{ [$json.phone, ...($json.more ?? [])] }}',
	recipientCommas: '={{ $json.phone + ",x" }}',
} as const;

/** Expressions whose value is another one each time they are evaluated. */
export const CHANGING: readonly string[] = [EXPRESSION.now, EXPRESSION.random, EXPRESSION.inAnHour];
