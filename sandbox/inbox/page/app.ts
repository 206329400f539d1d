import type { News } from '../events';
import { append, el } from './dom.js';
import { messages } from './messages.js';
import { refused } from './refused.js';
import { requests } from './requests.js';
import { signatures, templates } from './reviews.js';
import { scheduled } from './scheduled.js';
import type { Page, View } from './view.js';

/** The page around the views: tabs, search, and the live connection. `messages` also takes new messages as they come. */
const VIEWS: View[] = [messages, refused, scheduled, templates, signatures, requests];

/** An element of index.html. */
const byId = (id: string) => document.getElementById(id) as HTMLElement;
const filter = byId('filter') as HTMLInputElement;
/** The text that is being typed, where a conversation is shown. */
const replyInput = () => document.querySelector<HTMLInputElement>('#reply');
const page: Page = { search, reload };
let shown: View = VIEWS.find(({ name }) => `#${name}` === decodeURIComponent(location.hash)) ?? messages;
let loading = 0;

const tabs = VIEWS.map((view) =>
	el('button', { role: 'tab', type: 'button', 'data-view': view.name, onclick: () => show(view) }, view.name),
);
byId('tabs').append(...tabs);
byId('tabs').addEventListener('keydown', ({ key }) => {
	const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
	if (step === 0) return;
	const next = (VIEWS.indexOf(shown) + step + VIEWS.length) % VIEWS.length;
	show(VIEWS[next]);
	tabs[next].focus();
});

function show(view: View) {
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
		const { count, nodes } = await shown.load(filter.value.trim(), page);
		// A later call has overtaken this one.
		if (mine !== loading) return;
		const details = [...document.querySelectorAll('details')];
		const open = new Set(details.filter((one) => one.open).map((one) => one.dataset.key));
		const typed = replyInput()?.value;
		const typing = document.activeElement?.id === 'reply';
		byId('view').replaceChildren();
		append(byId('view'), nodes);
		byId('count').textContent = count;
		for (const one of document.querySelectorAll('details')) if (open.has(one.dataset.key)) one.open = true;
		const input = replyInput();
		if (input && typed !== undefined) input.value = typed;
		if (typing) input?.focus();
		connection('live', 'Live');
	} catch {
		connection('lost', 'Sandbox not reachable');
	}
}

function search(text: string) {
	filter.value = text;
	show(messages);
}

function connection(state: 'live' | 'lost', text: string) {
	byId('connection').className = `connection ${state}`;
	byId('connection').textContent = text;
}

let pause: ReturnType<typeof setTimeout> | undefined;
filter.addEventListener('input', () => {
	clearTimeout(pause);
	pause = setTimeout(() => void reload(), 150);
});

const events = new EventSource('/_sandbox/events');
events.addEventListener('error', () => connection('lost', 'Sandbox not reachable'));
events.addEventListener('start', () => void reload());
events.addEventListener('changed', ({ data }: MessageEvent<string>) => {
	const news = JSON.parse(data) as News;
	const count = shown === messages ? messages.take(news, filter.value.trim(), page) : undefined;
	if (count) byId('count').textContent = count;
	else void reload();
});

// What becomes of a message shows some time after it was accepted, without any event.
setInterval(() => messages.refreshStates(), 500);
