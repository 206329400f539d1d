/** Nobody fills a form in within so many milliseconds, except autofill: such a form waits for the rest of the time. */
export const SHORTEST_VISIT_MS = 1500;
