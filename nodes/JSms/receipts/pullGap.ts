/** The service allows GET /report and /reply once in 5 seconds ("inquire" page). */
export const PULL_GAP_MS = 5000;
