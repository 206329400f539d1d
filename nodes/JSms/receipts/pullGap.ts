/** The service's rule for GET /report and /reply ("inquire" page): at most one call in 5 seconds. */
export const PULL_GAP_MS = 5000;
