import { webmOf, type Chunk } from '../../../scripts/video/webm';

const chunk = (at: number, isKey = false): Chunk => ({ at, isKey, data: Buffer.from(`picture ${at}`) });
const make = (chunks: Chunk[]) => webmOf({ codec: 'V_VP9', width: 1280, height: 720, duration: 40_500, chunks });

/** Elements that hold others; all others are values. */
const HOLDERS = new Set([
	'1a45dfa3',
	'18538067',
	'1549a966',
	'1654ae6b',
	'ae',
	'e0',
	'1f43b675',
	'1c53bb6b',
	'bb',
	'b7',
]);

interface Element {
	id: string;
	position: number;
	body: Buffer;
	children: Element[];
}

/** Reads elements as a player does, by the lengths that their first bits tell. */
function read(buffer: Buffer): Element[] {
	const elements: Element[] = [];
	for (let at = 0; at < buffer.length; ) {
		const position = at;
		const idLength = Math.clz32(buffer[at]) - 23;
		const id = buffer.toString('hex', at, at + idLength);
		at += idLength;
		const sizeLength = Math.clz32(buffer[at]) - 23;
		const size = Number(
			BigInt(`0x${buffer.toString('hex', at, at + sizeLength)}`) & ((1n << BigInt(7 * sizeLength)) - 1n),
		);
		at += sizeLength;
		const body = buffer.subarray(at, at + size);
		expect(body).toHaveLength(size);
		elements.push({ id, position, body, children: HOLDERS.has(id) ? read(body) : [] });
		at += size;
	}
	return elements;
}

function find(elements: Element[], ...ids: string[]): Element[] {
	return ids.reduce(
		(found, id, depth) =>
			(depth === 0 ? found : found.flatMap(({ children }) => children)).filter((one) => one.id === id),
		elements,
	);
}

test('says that it is WebM, how long it is, and how large', () => {
	const file = read(make([chunk(0, true)]));
	expect(file.map(({ id }) => id)).toEqual(['1a45dfa3', '18538067']);
	expect(find(file, '1a45dfa3', '4282')[0].body.toString()).toBe('webm');
	expect(find(file, '18538067', '1549a966', '4489')[0].body.readDoubleBE()).toBe(40_500);
	expect(find(file, '18538067', '1654ae6b', 'ae', '86')[0].body.toString()).toBe('V_VP9');
	const [width] = find(file, '18538067', '1654ae6b', 'ae', 'e0', 'b0');
	const [height] = find(file, '18538067', '1654ae6b', 'ae', 'e0', 'ba');
	expect([width.body.readUInt16BE(), height.body.readUInt16BE()]).toEqual([1280, 720]);
});

test('holds every picture at its time, and players find each key picture', () => {
	const chunks = [chunk(0, true), chunk(83), chunk(5000, true), chunk(5083), chunk(40_000)];
	const file = read(make(chunks));
	const clusters = find(file, '18538067', '1f43b675');
	const shown = clusters.flatMap(({ children: [timestamp, ...blocks] }) =>
		blocks.map(({ body }) => ({
			at: Number(`0x${timestamp.body.toString('hex')}`) + body.readInt16BE(1),
			isKey: body[3] === 0x80,
			data: body.subarray(4),
		})),
	);
	expect(shown).toEqual(chunks);
	const positions = find(file, '18538067', '1c53bb6b', 'bb', 'b7', 'f1').map(({ body }) =>
		Number(`0x${body.toString('hex')}`),
	);
	expect(positions).toEqual(clusters.slice(0, 2).map(({ position }) => position));
});
