/** A picture to draw; `jpeg` only where it differs from the one before. */
export interface Drawing {
	/** Milliseconds since the beginning. */
	at: number;
	isKey: boolean;
	jpeg?: string;
	caption: string;
	pointer?: { x: number; y: number; pressed: boolean };
}

/** An encoded picture, in base64. */
export interface Encoded {
	at: number;
	isKey: boolean;
	data: string;
}

/** What the studio draws and how it encodes. */
export interface Format {
	/** Without it nothing is encoded. */
	codec?: string;
	/** Bits per second. */
	bitrate?: number;
	width: number;
	height: number;
	/** Height of the picture of the page; the caption is below it. */
	pageHeight: number;
	/** Pixels of the video for one of the page. */
	scale: number;
}

/** What `studio.js` offers in its page. */
export interface Studio {
	setUp(format: Format): void;
	/** Draws some pictures and returns what is encoded by now. */
	draw(drawings: Drawing[]): Promise<Encoded[]>;
	/** Draws some pictures and returns each as PNG, in base64. */
	paint(drawings: Drawing[]): Promise<string[]>;
	/** Returns what is left. */
	finish(): Promise<Encoded[]>;
}
