import { picturesOf, readingTime, type Take } from '../../../scripts/video/timeline';

const BEGIN = 1_000_000;

function take(parts: Partial<Take>): Take {
	return { begin: BEGIN, end: BEGIN + 2000, frames: [{ at: BEGIN, jpeg: 'a' }], captions: [], pointer: [], ...parts };
}

test('a long caption stays longer, and every one long enough to be found', () => {
	expect(readingTime('Failed')).toBeGreaterThan(1000);
	expect(readingTime('x'.repeat(90))).toBeGreaterThan(6000);
	expect(readingTime('x'.repeat(90))).toBeLessThan(7000);
});

test('a still page is repeated every second, to the end', () => {
	expect(picturesOf(take({})).map(({ at, frame }) => [at, frame])).toEqual([
		[0, 0],
		[1000, 0],
		[2000, 0],
	]);
});

test('a new frame, caption or place of the pointer makes a picture', () => {
	const pictures = picturesOf(
		take({
			end: BEGIN + 900,
			frames: [
				{ at: BEGIN, jpeg: 'a' },
				{ at: BEGIN + 200, jpeg: 'b' },
				// Too quick for the video: the last one counts.
				{ at: BEGIN + 210, jpeg: 'c' },
			],
			captions: [
				// Begins with the video, also when it comes a moment later.
				{ at: BEGIN + 100, text: 'One' },
				{ at: BEGIN + 400, text: 'Two' },
			],
			pointer: [
				{ at: BEGIN + 600, x: 1, y: 2, pressed: false },
				{ at: BEGIN + 800, x: 1, y: 2, pressed: true },
			],
		}),
	);
	expect(pictures).toEqual([
		{ at: 0, frame: 0, caption: 'One' },
		{ at: 250, frame: 2, caption: 'One' },
		{ at: 417, frame: 2, caption: 'Two' },
		{ at: 667, frame: 2, caption: 'Two', pointer: { x: 1, y: 2, pressed: false } },
		{ at: 833, frame: 2, caption: 'Two', pointer: { x: 1, y: 2, pressed: true } },
	]);
});
