import type { Choice } from '../random';
import type { Person } from './types';

/** Days and times that do not exist, or that are two. */
const ODD_TIMES = ['2031-02-30T10:00:00+08:00', '2031-04-31T23:30:00+08:00', '2031-05-04 10:30-11:30'];

export const phoneOf = (index: number) => `138${String(10000010 + index)}`;

/** Somebody without anything odd. */
export const plainPerson = (index: number, phone = phoneOf(index), name = `k${index}`): Person => ({
	phone,
	key: name,
	text: `t${index}`,
	when: '2030-06-01T10:00:00+08:00',
	order: { id: name },
	id: `sch${index}`,
});

export function makePeople({ chance, whole, one, weighted }: Choice): Person[] {
	const count = weighted([5, whole(1, 3)], [2, whole(4, 8)], [1, whole(9, 14)]);
	const hasLists = chance(0.15);
	const people = Array.from({ length: count }, (_, index) => {
		const person = plainPerson(index);
		if (chance(0.05)) takeKeyAway(person, one(undefined, undefined, null, ''));
		if (chance(0.02)) person.phone = one('', '139', `+86 ${person.phone}`);
		// Numbers of their own: 40 and up.
		if (hasLists && chance(0.7)) {
			person.more = Array.from({ length: whole(1, 3) }, (_more, place) => phoneOf(40 + 4 * index + place));
		}
		return person;
	});
	// The same number once more, with a message of its own or with the very same.
	if (people.length > 1 && chance(0.06)) {
		const [first, second] = people;
		second.phone = first.phone;
		if (chance(0.5)) second.text = first.text;
		if (chance(0.3)) Object.assign(second, { key: first.key, order: { ...first.order } });
	}
	if (chance(0.05)) people[0].when = one(...ODD_TIMES);
	return people;
}

function takeKeyAway(person: Person, value: string | null | undefined): void {
	if (value === undefined) {
		delete person.key;
		delete person.order.id;
		return;
	}
	person.key = value;
	person.order.id = value;
}
