/** Seed and size of a property test, printed; see seed.js. */
export function propertySettings(name: string, runs: number): { seed: number; numRuns: number; endOnFailure: boolean };
