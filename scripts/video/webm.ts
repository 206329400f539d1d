/** An encoded picture, as a WebM file holds it. */
export interface Chunk {
	/** Milliseconds since the beginning. */
	at: number;
	/** Whether it can be shown without those before it. */
	isKey: boolean;
	data: Buffer;
}

export interface Video {
	codec: 'V_VP8' | 'V_VP9';
	width: number;
	height: number;
	/** Milliseconds. */
	duration: number;
	/** In the order of time; the first is a key picture. */
	chunks: Chunk[];
}

/** IDs of the elements: https://www.matroska.org/technical/elements.html */
const ID = {
	ebml: 0x1a45dfa3,
	ebmlVersion: 0x4286,
	ebmlReadVersion: 0x42f7,
	ebmlMaxIdLength: 0x42f2,
	ebmlMaxSizeLength: 0x42f3,
	docType: 0x4282,
	docTypeVersion: 0x4287,
	docTypeReadVersion: 0x4285,
	segment: 0x18538067,
	info: 0x1549a966,
	timestampScale: 0x2ad7b1,
	duration: 0x4489,
	muxingApp: 0x4d80,
	writingApp: 0x5741,
	tracks: 0x1654ae6b,
	trackEntry: 0xae,
	trackNumber: 0xd7,
	trackUid: 0x73c5,
	trackType: 0x83,
	codecId: 0x86,
	video: 0xe0,
	pixelWidth: 0xb0,
	pixelHeight: 0xba,
	cluster: 0x1f43b675,
	timestamp: 0xe7,
	simpleBlock: 0xa3,
	cues: 0x1c53bb6b,
	cuePoint: 0xbb,
	cueTime: 0xb3,
	cueTrackPositions: 0xb7,
	cueTrack: 0xf7,
	cueClusterPosition: 0xf1,
} as const;

const TRACK = 1;
const VIDEO_TRACK = 1;
const NAME = 'n8n-nodes-jsms';
/** A block's time is a 16-bit offset from its cluster's. */
const LONGEST_CLUSTER_MS = 30_000;

/** A WebM file with one video track. It says how long it is, and players can jump to every key picture. */
export function webmOf({ codec, width, height, duration, chunks }: Video): Buffer {
	const head = element(
		ID.ebml,
		unsigned(ID.ebmlVersion, 1),
		unsigned(ID.ebmlReadVersion, 1),
		unsigned(ID.ebmlMaxIdLength, 4),
		unsigned(ID.ebmlMaxSizeLength, 8),
		element(ID.docType, Buffer.from('webm')),
		unsigned(ID.docTypeVersion, 4),
		unsigned(ID.docTypeReadVersion, 2),
	);
	const info = element(
		ID.info,
		unsigned(ID.timestampScale, 1_000_000),
		element(ID.duration, float(duration)),
		element(ID.muxingApp, Buffer.from(NAME)),
		element(ID.writingApp, Buffer.from(NAME)),
	);
	const tracks = element(
		ID.tracks,
		element(
			ID.trackEntry,
			unsigned(ID.trackNumber, TRACK),
			unsigned(ID.trackUid, TRACK),
			unsigned(ID.trackType, VIDEO_TRACK),
			element(ID.codecId, Buffer.from(codec)),
			element(ID.video, unsigned(ID.pixelWidth, width), unsigned(ID.pixelHeight, height)),
		),
	);
	const clusters: Buffer[] = [];
	const cues: Buffer[] = [];
	let position = info.length + tracks.length;
	for (const group of groupsOf(chunks)) {
		const { at } = group[0];
		const cluster = element(ID.cluster, unsigned(ID.timestamp, at), ...group.map((chunk) => block(chunk, at)));
		if (group[0].isKey) cues.push(cuePoint(at, position));
		clusters.push(cluster);
		position += cluster.length;
	}
	return Buffer.concat([head, element(ID.segment, info, tracks, ...clusters, element(ID.cues, ...cues))]);
}

function groupsOf(chunks: Chunk[]): Chunk[][] {
	const groups: Chunk[][] = [];
	for (const chunk of chunks) {
		const group = groups.at(-1);
		if (!group || chunk.isKey || chunk.at - group[0].at > LONGEST_CLUSTER_MS) groups.push([chunk]);
		else group.push(chunk);
	}
	return groups;
}

function block({ at, isKey, data }: Chunk, clusterAt: number): Buffer {
	const head = Buffer.alloc(4);
	// The number of the track, in one byte that says that it is one byte.
	head.writeUInt8(0x80 | TRACK, 0);
	head.writeInt16BE(at - clusterAt, 1);
	head.writeUInt8(isKey ? 0x80 : 0, 3);
	return element(ID.simpleBlock, head, data);
}

function cuePoint(at: number, position: number): Buffer {
	return element(
		ID.cuePoint,
		unsigned(ID.cueTime, at),
		element(ID.cueTrackPositions, unsigned(ID.cueTrack, TRACK), unsigned(ID.cueClusterPosition, position)),
	);
}

function element(id: number, ...content: Buffer[]): Buffer {
	const body = Buffer.concat(content);
	const size = Buffer.alloc(8);
	size.writeBigUInt64BE(BigInt(body.length));
	// The first bit set says that the size takes 8 bytes.
	size.writeUInt8(0x01, 0);
	return Buffer.concat([bytesOf(id), size, body]);
}

function unsigned(id: number, value: number): Buffer {
	return element(id, bytesOf(value));
}

function float(value: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeDoubleBE(value);
	return buffer;
}

/** A whole number in as many bytes as it needs. */
function bytesOf(value: number): Buffer {
	const hex = value.toString(16);
	return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}
