import { el } from './dom.js';
import { messages } from './messages.js';
import { refused } from './refused.js';
import { requests } from './requests.js';
import { signatures, templates } from './reviews.js';
import { scheduled } from './scheduled.js';

/**
 * The page around the views: tabs, search, and the live connection.
 *
 * A view has a `name` and `load(wanted)`, which fetches what it shows and returns `{ count, nodes }`. It is loaded again
 * whenever the sandbox says that something has changed; `messages` also takes new ones as they come.
 */
const VIEWS = [messages, refused, scheduled, templates, signatures, requests];

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const filter = byId('filter');
let shown = VIEWS.find(({ name }) => `#${name}` === decodeURIComponent(location.hash)) ?? messages;
let loading = 0;

const tabs = VIEWS.map((view) =>
	el('button', { role: 'tab', type: 'button', 'data-view': view.name, onclick: () => show(view) }, view.name),
);
byId('tabs').append(...tabs);
byId('tabs').addEventListener('keydown', (event) => {
	const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
	if (!step) return;
	const next = (VIEWS.indexOf(shown) + step + VIEWS.length) % VIEWS.length;
	show(VIEWS[next]);
	tabs[next].focus();
});

/** @param {any} view */
function show(view) {
	shown = view;
	history.replaceState(null, '', `#${view.name}`);
	void reload();
}

/** Loads the view anew. What was opened on it stays open, and a text that is being typed stays. */
async function reload() {
	const mine = ++loading;
	tabs.forEach((tab, index) => {
		tab.setAttribute('aria-selected', String(VIEWS[index] === shown));
		tab.tabIndex = VIEWS[index] === shown ? 0 : -1;
	});
	try {
		const { count, nodes } = await shown.load(filter.value.trim(), { search, reload });
		// A later call has overtaken this one.
		if (mine !== loading) return;
		const open = new Set([...document.querySelectorAll('details[open]')].map((one) => one.dataset.key));
		const typed = byId('reply')?.value;
		const typing = document.activeElement?.id === 'reply';
		byId('view').replaceChildren(...nodes);
		byId('count').textContent = count;
		for (const one of document.querySelectorAll('details')) if (open.has(one.dataset.key)) one.open = true;
		if (typed !== undefined && byId('reply')) byId('reply').value = typed;
		if (typing) byId('reply')?.focus();
		connection('live', 'Live');
	} catch {
		connection('lost', 'Sandbox not reachable');
	}
}

/** Searches for something, as if it had been typed. @param {string} text */
function search(text) {
	filter.value = text;
	show(messages);
}

/** @param {'live' | 'lost'} state @param {string} text */
function connection(state, text) {
	byId('connection').className = `connection ${state}`;
	byId('connection').textContent = text;
}

let pause;
filter.addEventListener('input', () => {
	clearTimeout(pause);
	pause = setTimeout(reload, 150);
});

const events = new EventSource('/_sandbox/events');
events.addEventListener('error', () => connection('lost', 'Sandbox not reachable'));
events.addEventListener('start', () => void reload());
events.addEventListener('changed', ({ data }) => {
	const news = JSON.parse(data);
	const taken = shown === messages && messages.take(news, filter.value.trim(), { search, reload });
	if (taken) byId('count').textContent = taken;
	else void reload();
});

// What becomes of a message shows some time after it was accepted, without any event.
setInterval(() => messages.refreshStates(), 500);
