/** The kinds of records that can be pulled. */
export type PulledEvent = 'deliveryReport' | 'reply';
