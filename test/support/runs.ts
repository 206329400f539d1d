/** `npm test` tries a part of what the longest property tests can try; CI, with JSMS_RUNS=1, all. */
export const share = Number(process.env.JSMS_RUNS ?? 0.2);
