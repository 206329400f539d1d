/** The one status that means the phone has the SMS, or that the call was taken. */
export const DELIVERED = 4001;

/** What became of an SMS or a voice call, in words ("Callbacks" and "Inquire", the list of delivery states). */
const WORDS: ReadonlyMap<number, string> = new Map([
	[DELIVERED, 'Delivered'],
	[4002, "Not delivered: the number is on the carrier's blacklist"],
	[4003, 'Not delivered: the phone is off or out of service'],
	[4004, 'Not delivered: the number does not exist'],
	[4005, 'Not delivered: not enough SMS quota'],
	[4006, "Not delivered: over the carrier's frequency limit"],
	[4007, 'Not delivered: the voice call was declined or not answered'],
	[4008, 'Not delivered: the line was busy'],
	[4009, 'Not delivered: the phone could not be reached for the voice call'],
	[4010, 'Not delivered: the carrier blocked a sensitive word'],
	[4100, 'Not delivered: another reason, which the carrier does not name'],
]);

/** Says a delivery status in words; a number that the list does not have is named as what it is. */
export function describeDelivery(status: number | undefined): string {
	if (status === undefined) return 'No readable delivery status';
	return WORDS.get(status) ?? `Unknown delivery status ${status}, see the documentation of JSMS`;
}
