'use strict';

/** The inbox: the newest messages on top, live. Texts only ever go into the page as text, never as HTML. */
(() => {
	const MOST = 500;
	const KINDS = { code: 'Text code', voice: 'Voice call', message: 'Message', batch: 'Batch' };

	/** @param {string} id @returns {any} */
	const byId = (id) => document.getElementById(id);
	const list = byId('messages');
	const filter = byId('filter');
	const pattern = byId('message').content.firstElementChild;

	/** Messages shown, newest first; all of them fit the filter. */
	let shown = [];
	let total = 0;
	let wanted = '';

	const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
	const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

	function timeText(ms) {
		const date = new Date(ms);
		return (date.toDateString() === new Date().toDateString() ? timeOnly : dayAndTime).format(date);
	}

	/** 13812345678 → 138 1234 5678, other numbers unchanged. */
	function numberText(mobile) {
		return mobile.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');
	}

	function element(message, fresh) {
		const node = pattern.cloneNode(true);
		node.classList.toggle('fresh', fresh);
		node.querySelector('strong').textContent = numberText(message.mobile);
		const time = node.querySelector('time');
		time.dateTime = new Date(message.accepted_at).toISOString();
		time.textContent = timeText(message.accepted_at);
		const bubble = node.querySelector('.bubble');
		bubble.textContent = message.text;
		bubble.classList.toggle('spoken', message.kind === 'voice');
		const facts = [
			KINDS[message.kind] ?? message.kind,
			message.segments === 1 ? '1 segment' : `${message.segments} segments`,
			message.temp_id === null ? '' : `template ${message.temp_id}`,
			message.tag ? `tag ${message.tag}` : '',
			`msg_id ${message.msg_id}`,
		];
		for (const fact of facts.filter(Boolean)) {
			const piece = document.createElement('span');
			piece.textContent = fact;
			node.querySelector('.facts').append(piece);
		}
		return node;
	}

	function frame() {
		const filtered = wanted !== '';
		const all = total === 1 ? '1 message' : `${total.toLocaleString('en')} messages`;
		byId('count').textContent = filtered && shown.length < MOST ? `${shown.length} of ${all}` : all;
		byId('empty').hidden = total > 0;
		byId('nothing').hidden = !(filtered && total > 0 && shown.length === 0);
		byId('nothing').textContent = `No message to a number that contains ${wanted}.`;
		byId('more').hidden = shown.length < MOST;
		byId('more').textContent = filtered
			? `The newest ${MOST} messages to numbers that contain ${wanted}.`
			: `The newest ${MOST} of ${total.toLocaleString('en')} messages. Filter by number to find older ones.`;
	}

	/** Puts these messages on the page instead of what was there. */
	function replace(entries) {
		shown = [...entries].reverse();
		list.replaceChildren(...shown.map((message) => element(message, false)));
		frame();
	}

	function add(entries) {
		const known = shown.length > 0 ? shown[0].seq : 0;
		const fitting = entries.filter((message) => message.seq > known && message.mobile.includes(wanted)).reverse();
		list.prepend(...fitting.map((message) => element(message, true)));
		shown = [...fitting, ...shown].slice(0, MOST);
		while (list.childElementCount > MOST) list.lastElementChild.remove();
		frame();
	}

	/** Asks the sandbox, because messages to a number may be older than what the page holds. */
	async function search() {
		const asked = filter.value.replace(/[\s-]/g, '');
		const address = new URL('/_sandbox/ledger', location.href);
		address.searchParams.set('newest', String(MOST));
		if (asked) address.searchParams.set('search', asked);
		const answer = await fetch(address);
		if (asked !== filter.value.replace(/[\s-]/g, '')) return;
		wanted = asked;
		total = Number(answer.headers.get('x-total-count'));
		replace(await answer.json());
	}

	function connection(state, text) {
		byId('connection').className = `connection ${state}`;
		byId('connection').textContent = text;
	}

	function listen() {
		const events = new EventSource('/_sandbox/events');
		events.addEventListener('open', () => connection('live', 'Live'));
		events.addEventListener('error', () => connection('lost', 'Sandbox not reachable'));
		events.addEventListener('start', ({ data }) => {
			const news = JSON.parse(data);
			total = news.total;
			if (wanted === '') replace(news.entries);
			else void search();
		});
		events.addEventListener('added', ({ data }) => {
			const news = JSON.parse(data);
			total = news.total;
			add(news.entries);
		});
	}

	byId('hint').textContent = `curl -u exampleappkey00000000001:dummymastersecret0000001 \\
  -H 'Content-Type: application/json' \\
  -d '{"mobile":"13800138000","temp_id":1250,"temp_para":{"number":"741627"}}' \\
  ${location.origin}/v1/messages`;

	let pause;
	filter.addEventListener('input', () => {
		clearTimeout(pause);
		pause = setTimeout(() => search().catch(() => connection('lost', 'Sandbox not reachable')), 150);
	});
	listen();
})();
