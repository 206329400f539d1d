'use strict';

/* global OffscreenCanvas, VideoEncoder, VideoFrame, Path2D, createImageBitmap, self */

/**
 * Runs in a page of the browser: draws the pictures of the video and encodes them. Its types are in drawing.ts.
 *
 * @type {import('./drawing').Studio}
 */
self.studio = (() => {
	const MAX_WAITING = 8;
	const LETTERS = { largest: 24, smallest: 16, margin: 20 };
	const ARROW = 'M0 0 L0 19 L4.5 15 L7.5 22 L11 20.5 L8 14 L14 14 Z';
	let format;
	let context;
	let encoder;
	let image;
	let failure;
	let encoded = [];

	function setUp(given) {
		format = given;
		const { width, height, codec, bitrate } = format;
		context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
		context.imageSmoothingQuality = 'high';
		if (!codec) return;
		encoder = new VideoEncoder({ output: keep, error: (error) => (failure = error) });
		encoder.configure({ codec, width, height, bitrate, framerate: 12, latencyMode: 'quality' });
	}

	function toBase64(bytes) {
		let text = '';
		// A call takes only so many arguments.
		for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
		return btoa(text);
	}

	function keep(chunk) {
		const bytes = new Uint8Array(chunk.byteLength);
		chunk.copyTo(bytes);
		encoded.push({ at: Math.round(chunk.timestamp / 1000), isKey: chunk.type === 'key', data: toBase64(bytes) });
	}

	async function load(jpeg) {
		const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
		image?.close();
		image = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
	}

	function drawCaption(caption) {
		const { width, height, pageHeight } = format;
		context.fillStyle = '#1b1b2b';
		context.fillRect(0, pageHeight, width, height - pageHeight);
		context.fillStyle = '#ffffff';
		context.textAlign = 'center';
		context.textBaseline = 'middle';
		const room = width - 2 * LETTERS.margin;
		let size = LETTERS.largest;
		const choose = () => (context.font = `${size}px "Noto Sans", "DejaVu Sans", sans-serif`);
		choose();
		while (size > LETTERS.smallest && context.measureText(caption).width > room) {
			size -= 1;
			choose();
		}
		context.fillText(caption, width / 2, (pageHeight + height) / 2, room);
	}

	function drawPointer({ x, y, pressed }) {
		context.save();
		context.translate(x * format.scale, y * format.scale);
		if (pressed) {
			context.fillStyle = 'rgba(255, 109, 90, 0.45)';
			context.beginPath();
			context.arc(0, 0, 20, 0, 2 * Math.PI);
			context.fill();
		}
		context.fillStyle = '#000000';
		context.strokeStyle = '#ffffff';
		context.lineWidth = 1.5;
		const arrow = new Path2D(ARROW);
		context.fill(arrow);
		context.stroke(arrow);
		context.restore();
	}

	async function paintOne({ jpeg, caption, pointer }) {
		if (jpeg) await load(jpeg);
		context.drawImage(image, 0, 0, format.width, format.pageHeight);
		if (pointer) drawPointer(pointer);
		drawCaption(caption);
	}

	async function drawOne({ at, isKey, ...picture }) {
		if (failure) throw failure;
		await paintOne(picture);
		const frame = new VideoFrame(context.canvas, { timestamp: at * 1000 });
		encoder.encode(frame, { keyFrame: isKey });
		frame.close();
		// Pictures that wait are held in memory.
		while (encoder.encodeQueueSize > MAX_WAITING) await new Promise((resolve) => setTimeout(resolve, 5));
	}

	return {
		setUp,
		async draw(drawings) {
			for (const drawing of drawings) await drawOne(drawing);
			return encoded.splice(0);
		},
		async paint(drawings) {
			const painted = [];
			for (const drawing of drawings) {
				await paintOne(drawing);
				const blob = await context.canvas.convertToBlob({ type: 'image/png' });
				painted.push(toBase64(new Uint8Array(await blob.arrayBuffer())));
			}
			return painted;
		},
		async finish() {
			await encoder.flush();
			if (failure) throw failure;
			return encoded.splice(0);
		},
	};
})();
