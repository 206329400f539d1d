import { collectEntries } from '../../../nodes/JSms/execute/entries';
import type { ItemInput } from '../../../nodes/JSms/model/operation';
import { sendBatch } from '../../../nodes/JSms/resources/message/sendBatch.operation';

/** The items' parameters, given as they would be read. */
function inputsOf(items: Array<Record<string, unknown>>) {
	const input = (item: number): ItemInput => ({
		read: (name) => items[item][name],
		option: () => undefined,
		templateParameters: () => ({}),
		givenParameters: () => ({}),
		timeZone: 'UTC',
		binary: async () => undefined,
	});
	return {
		items: items.map(() => ({ json: {} })),
		keys: undefined,
		input,
		templateInput: async (item: number) => input(item),
	};
}

it('reads a list that is longer than a call may have arguments', async () => {
	const recipients = Array.from({ length: 150_000 }, (_, index) => ({ mobile: String(13_000_000_000 + index) }));
	const entries = await collectEntries(inputsOf([{ recipientsFrom: 'list', recipients, templateId: 2002 }]), sendBatch);
	expect(entries).toHaveLength(150_000);
	expect(entries.at(-1)).toMatchObject({ item: 0, mobile: '13000149999', shared: { tempId: 2002 } });
});

it('keeps one object of shared values for neighbours that agree', async () => {
	const items = [2002, 2002, 2003].map((templateId, index) => ({ mobile: `1380000510${index}`, templateId }));
	const [first, second, third] = (await collectEntries(inputsOf(items), sendBatch)).map((entry) =>
		'problem' in entry ? undefined : entry.shared,
	);
	expect(first).toEqual({ tempId: 2002 });
	expect(second).toBe(first);
	expect(third).toEqual({ tempId: 2003 });
});
