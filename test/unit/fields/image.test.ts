import { readImage } from '../../../nodes/JSms/fields/image';
import { type BinaryFile } from '../../../nodes/JSms/model/request';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPG = [0xff, 0xd8, 0xff];
const HINT =
	"Enter the name of the binary field that holds the picture, such as data, under 'ID Card', or remove 'ID Card'.";

/** Reads the picture that the field names, from an item with one file of these bytes in the field `data`. */
async function read(field: unknown, bytes: number[] | Uint8Array = PNG, fileName = '') {
	const load = async (name: string): Promise<BinaryFile | undefined> =>
		await Promise.resolve(name === 'data' ? { fileName, bytes: Uint8Array.from(bytes) } : undefined);
	return await readImage('ID Card', 'idCardImage', field, load);
}

it.each([
	['PNG', [...PNG, 1, 2], 'image/png', 'idCardImage.png'],
	['JPG', [...JPG, 1, 2], 'image/jpeg', 'idCardImage.jpg'],
])('knows a %s by its beginning, and names a file without a name', async (_, bytes, mimeType, fileName) => {
	expect(await read('data', bytes)).toEqual({
		field: 'idCardImage',
		fileName,
		mimeType,
		bytes: Uint8Array.from(bytes),
	});
});

it('keeps the name of a file, whatever its ending says', async () => {
	expect(await read(' data ', JPG, '身份证.png')).toMatchObject({ fileName: '身份证.png', mimeType: 'image/jpeg' });
});

it.each([
	['', "'ID Card' is empty"],
	['  ', "'ID Card' is empty"],
	[7, "'ID Card' is the number 7"],
	[{ name: 'data' }, "'ID Card' is an object"],
	[' other ', "The item has no binary field 'other' for 'ID Card'"],
])('says what is wrong with the name %j, and where it goes', async (field, message) => {
	await expect(read(field)).rejects.toMatchObject({ name: 'InputProblem', message, hint: HINT });
});

it('takes a picture of exactly 2 MB, and refuses a larger one with its size', async () => {
	const picture = (more: number) => Uint8Array.from({ length: 2 * 1024 * 1024 + more }, (_, at) => PNG[at] ?? 0);
	await expect(read('data', picture(0))).resolves.toMatchObject({ mimeType: 'image/png' });
	await expect(read('data', picture(1))).rejects.toMatchObject({
		message: "'ID Card' is 2.0 MB; JSMS allows at most 2 MB",
		hint: 'Make the picture smaller.',
	});
	await expect(read('data', picture(1024 * 1024))).rejects.toMatchObject({
		message: "'ID Card' is 3.0 MB; JSMS allows at most 2 MB",
	});
});

it.each([
	['nothing at all', []],
	['the beginning of a PNG alone', PNG.slice(0, -1)],
	['one other byte in the beginning of a PNG', [...PNG.slice(0, -1), 0x0b]],
	['two bytes of a JPG', JPG.slice(0, 2)],
	['a GIF', [...Buffer.from('GIF89a')]],
])('refuses %s', async (_, bytes) => {
	await expect(read('data', bytes)).rejects.toMatchObject({
		message: "'ID Card' is neither a PNG nor a JPG picture",
		hint: 'Give a PNG or JPG file of at most 2 MB.',
	});
});
