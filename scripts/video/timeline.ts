/** What a take consists of: the pictures of the page, the captions and the way of the pointer, each with its time in ms since 1970. */
export interface Take {
	begin: number;
	end: number;
	/** In the order they were taken; the first is there from the beginning. */
	frames: Array<{ at: number; jpeg: string }>;
	captions: Array<{ at: number; text: string }>;
	pointer: Array<{ at: number; x: number; y: number; pressed: boolean }>;
}

/** One picture of the video: which frame of the page, and what is drawn on and below it. */
export interface Picture {
	/** Milliseconds since the beginning of the video. */
	at: number;
	frame: number;
	caption: string;
	pointer?: { x: number; y: number; pressed: boolean };
}

const FRAMES_PER_SECOND = 12;
/** A video without new pictures cannot be searched, so a still page is repeated. */
const LONGEST_STILL_MS = 1000;

/**
 * How long a caption has to stay so that it can be read, in milliseconds: some 16 letters a second, and a moment to find it.
 */
export function readingTime(caption: string): number {
	return 1200 + caption.length * 60;
}

/** The pictures of a take, one for each moment at which something changes. */
export function picturesOf({ begin, end, frames, captions, pointer }: Take): Picture[] {
	const step = 1000 / FRAMES_PER_SECOND;
	const pictures: Picture[] = [];
	// The first caption is there from the beginning, too.
	let [frame, caption, place] = [0, 0, -1];
	for (let tick = 0; tick * step <= end - begin; tick += 1) {
		const now = begin + tick * step;
		while (frame + 1 < frames.length && frames[frame + 1].at <= now) frame += 1;
		while (caption + 1 < captions.length && captions[caption + 1].at <= now) caption += 1;
		while (place + 1 < pointer.length && pointer[place + 1].at <= now) place += 1;
		const { x, y, pressed } = pointer[place] ?? {};
		const picture: Picture = {
			at: Math.round(tick * step),
			frame,
			caption: captions[caption]?.text ?? '',
			...(x !== undefined && y !== undefined && { pointer: { x, y, pressed: pressed ?? false } }),
		};
		const last = pictures.at(-1);
		if (!last || picture.at - last.at >= LONGEST_STILL_MS || differs(last, picture)) pictures.push(picture);
	}
	return pictures;
}

function differs(one: Picture, other: Picture): boolean {
	return JSON.stringify({ ...one, at: 0 }) !== JSON.stringify({ ...other, at: 0 });
}
