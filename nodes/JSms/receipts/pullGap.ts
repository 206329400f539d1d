/** The service allows GET /report and /reply once in 5 seconds ("inquire" page); a little more, because calls take unequal time to arrive. */
export const PULL_GAP_MS = 5200;
