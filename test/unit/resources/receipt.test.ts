import { findOperation } from '../../../nodes/JSms/resources';

it.each([
	['pullReplies', 'reply'],
	['pullReports', 'deliveryReport'],
])('%s pulls records of the kind %s', (value, event) => {
	expect(findOperation('receipt', value)).toMatchObject({ kind: 'pull', event });
});
