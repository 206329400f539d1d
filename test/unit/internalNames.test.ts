import { JSmsApi } from '../../credentials/JSmsApi.credentials';
import { JSmsDeveloperApi } from '../../credentials/JSmsDeveloperApi.credentials';
import { JSms } from '../../nodes/JSms/JSms.node';
import { JSmsReceiptTrigger } from '../../nodes/JSms/JSmsReceiptTrigger.node';
import { JSmsTrigger } from '../../nodes/JSms/JSmsTrigger.node';
import { JSmsVerificationTrigger } from '../../nodes/JSmsVerification/JSmsVerificationTrigger.node';
import { namesOf } from '../../scripts/internal-names';
import { sourcesBelow } from './sources';

it('keeps every name, type, choice and default that saved workflows hold', () => {
	const [known] = Object.values(sourcesBelow('test/fixtures', 'internal-names.txt')).map((text) =>
		text.trim().split('\n'),
	);
	const now = namesOf(
		[new JSms(), new JSmsReceiptTrigger(), new JSmsTrigger(), new JSmsVerificationTrigger()],
		[new JSmsApi(), new JSmsDeveloperApi()],
	);
	// What comes out of the node is written down with its schemas, which only a build holds.
	expect(now).toEqual(known.filter((line) => !line.startsWith('output ')));
});
