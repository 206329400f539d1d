import type { BinaryFile, FormPart } from '../model/request';
import { InputProblem, isEmpty, kindOf } from '../model/inputProblem';

/** The service's limit for one picture. */
const MAX_BYTES = 2 * 1024 * 1024;

/** How pictures of the types that the service takes begin. */
const BEGINNINGS: ReadonlyArray<[mimeType: string, ending: string, bytes: readonly number[]]> = [
	['image/png', 'png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
	['image/jpeg', 'jpg', [0xff, 0xd8, 0xff]],
];

/**
 * Reads a picture as a part of a form.
 *
 * @param label how the form calls the picture
 * @param name  of the part
 * @param field name of the item's binary field, as the user entered it
 * @param load  reads a binary field of the item; undefined where there is none of that name
 * @throws InputProblem when it is not there, too large, or neither PNG nor JPG
 */
export async function readImage(
	label: string,
	name: string,
	field: unknown,
	load: (field: string) => Promise<BinaryFile | undefined>,
): Promise<FormPart> {
	const hint = `Enter the name of the binary field that holds the picture, such as data, under '${label}', or remove '${label}'.`;
	if (isEmpty(field) || typeof field !== 'string') {
		throw new InputProblem(`'${label}' is ${isEmpty(field) ? 'empty' : kindOf(field)}`, hint);
	}
	const file = await load(field.trim());
	if (!file) throw new InputProblem(`The item has no binary field '${field.trim()}' for '${label}'`, hint);
	const { bytes, fileName } = file;
	if (bytes.length > MAX_BYTES) {
		throw new InputProblem(
			`'${label}' is ${(bytes.length / 1024 / 1024).toFixed(1)} MB; JSMS allows at most 2 MB`,
			'Make the picture smaller.',
		);
	}
	const known = BEGINNINGS.find(([, , start]) => start.every((byte, index) => bytes[index] === byte));
	if (!known) {
		throw new InputProblem(`'${label}' is neither a PNG nor a JPG picture`, 'Give a PNG or JPG file of at most 2 MB.');
	}
	const [mimeType, ending] = known;
	return { field: name, fileName: fileName || `${name}.${ending}`, mimeType, bytes };
}
