import { Refusal } from '../codes';
import { readId } from '../send/plan';
import type { Call, Routes } from '../serve';
import type { Form, FormFile } from '../form';

/** Signatures ("Signature" page): a form with pictures, reviewed, read, deleted. */

/** Files of the forms of 2018 (image0-3; one SDK calls each `images`) and of 2025. */
const IMAGE_FIELDS = [
	/^images?\d?$/,
	/^(idCard|businessLicense|other)Image$/,
	/^icpAppScreenshot$/,
	/^(trademark|thirdPartyAuth)Image$/,
];
const MOST_BYTES = 2 * 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** What the form of 2025 asks for, by type. */
const FILE_OF_TYPE: Record<number, string[]> = {
	1: ['businessLicenseImage'],
	3: ['icpAppScreenshot'],
	6: ['trademarkImage'],
	7: ['thirdPartyAuthImage'],
};

function readSignature({ state, form }: Call): { sign: string; type: number | null; remark: string; images: string[] } {
	const { settings } = state;
	if (!form) throw new Refusal(50007);
	const { sign, type = '', remark = '' } = form.fields;
	if (!sign || !/^[\p{L}\p{N}]+$/u.test(sign)) throw new Refusal(50104);
	if ([...sign].length < 2 || [...sign].length > settings.signatureMaxLength) throw new Refusal(50104);
	if (remark.length > 100) throw new Refusal(50045);
	// Unset parts come as empty texts from one SDK.
	if (type !== '' && !/^[1-7]$/.test(type)) throw new Refusal(50104);
	const images = form.files.filter(({ bytes }) => bytes.length > 0);
	for (const { field, bytes } of images) {
		const isPicture = [PNG, JPEG].some((start) => bytes.subarray(0, start.length).equals(start));
		if (!isPicture || bytes.length > MOST_BYTES || !IMAGE_FIELDS.some((known) => known.test(field)))
			throw new Refusal(50101);
	}
	if (settings.signatureForm === '2025') checkForm2025(form, type, images);
	return { sign, type: type === '' ? null : Number(type), remark, images: images.map(({ field }) => field) };
}

function checkForm2025({ fields }: Form, type: string, images: FormFile[]) {
	const has = (field: string) => images.some((image) => image.field === field);
	if (!FILE_OF_TYPE[Number(type)] || !fields.legalPersonName) throw new Refusal(50104);
	if (!/^\d{17}[\dXx]$/.test(fields.legalPersonIdNumber ?? '')) throw new Refusal(50104);
	if (!/^[0-9A-Z]{18}$/.test(fields.socialCreditCode ?? '')) throw new Refusal(50104);
	if (!['idCardImage', ...FILE_OF_TYPE[Number(type)]].every(has)) throw new Refusal(50101);
}

function signatureOf({ state, application, params }: Call) {
	const id = readId(params.signId);
	const signature = id === null ? undefined : state.signatures.of(application.app_key).get(id);
	if (!signature) throw new Refusal(50102);
	return signature;
}

/** Puts a signature under review. */
function submit(call: Call, id: number) {
	const { state, application } = call;
	const written = readSignature(call);
	const signatures = state.signatures.of(application.app_key);
	if (signatures.list().some((other) => other.written && other.status === 0 && other.sign_id !== id))
		throw new Refusal(50103);
	signatures.put({ sign_id: id, status: 0, is_default: 0, use_status: 0, written: true, ...written });
	state.reviews.begin('signature', id, application.app_key, state.settings.reviewDelayMs);
	state.changed();
	return { body: { sign_id: id } };
}

/** POST /sign */
const createSignature = (call: Call) => submit(call, call.state.signatures.nextId());

/** POST and PUT /sign/{sign_id}: rejected ones only */
function updateSignature(call: Call) {
	const { sign_id: id, status } = signatureOf(call);
	if (status === 0) throw new Refusal(50103);
	if (status !== 2) throw new Refusal(50104);
	return submit(call, id);
}

/** GET /sign/{sign_id} */
function getSignature(call: Call) {
	const { sign_id, sign, status, is_default, use_status } = signatureOf(call);
	return { body: { sign_id, sign, status, is_default, use_status } };
}

/** DELETE /sign/{sign_id}: an empty body */
function deleteSignature(call: Call) {
	const { state, application } = call;
	const { sign_id: id, is_default: isDefault } = signatureOf(call);
	if (isDefault === 1) throw new Refusal(50105);
	state.signatures.of(application.app_key).delete(id);
	state.reviews.end('signature', id, application.app_key);
	state.changed();
	return { body: '' };
}

export const signatures: Routes = {
	'/sign': { POST: { takesForm: true, handle: createSignature } },
	'/sign/:signId': {
		// One page heads this call with PUT; its example and every SDK use POST.
		POST: { takesForm: true, handle: updateSignature },
		PUT: { takesForm: true, handle: updateSignature },
		GET: { handle: getSignature },
		DELETE: { handle: deleteSignature },
	},
};
