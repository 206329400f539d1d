/** Keys of one of the sandbox's applications, by its number. */
export const keysOfApplication = (number: number) => ({
	appKey: `exampleappkey0000000000${number}`,
	masterSecret: `dummymastersecret000000${number}`,
});

/** Keys of the sandbox's application in which everything works. */
export const KEYS = keysOfApplication(1);
export const DEVELOPER_KEYS = { devKey: 'exampledevkey00000000001', devSecret: 'dummydevsecret0000000001' };

/** What a request with these keys is signed with. */
export const authorizationOf = ({ appKey, masterSecret } = KEYS) =>
	`Basic ${Buffer.from(`${appKey}:${masterSecret}`).toString('base64')}`;
