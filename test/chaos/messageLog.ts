/**
 * The message log: one row per campaign and recipient, kept by the workflows through n8n's own Postgres node.
 *
 * A row goes from nothing to `sent`, `failed` or `unknown`. What is known to be sent stays so; what is unknown is
 * resolved by the delivery reports alone.
 */
export const TABLE = `
CREATE TABLE message_log (
	campaign text NOT NULL,
	recipient text NOT NULL,
	status text NOT NULL CHECK (status IN ('sent', 'failed', 'unknown')),
	msg_id text,
	message text,
	safe_to_retry boolean,
	delivered boolean,
	resolved boolean NOT NULL DEFAULT false,
	PRIMARY KEY (campaign, recipient)
)`;

/** Whoever is "Already sent" without a row was sent to, or was about to be, when a worker died: nobody knows. */
export const WRITE_ROWS = `
INSERT INTO message_log AS log (campaign, recipient, status, msg_id, message, safe_to_retry)
SELECT $1, new->>'mobile',
	CASE WHEN new->>'error_message' LIKE 'Already sent%' THEN 'unknown' ELSE new->>'status' END,
	new->>'msg_id', new->>'error_message', (new->>'safe_to_retry')::boolean
FROM jsonb_array_elements($2::jsonb) AS new
ON CONFLICT (campaign, recipient) DO UPDATE
SET status = excluded.status, msg_id = excluded.msg_id, message = excluded.message, safe_to_retry = excluded.safe_to_retry
WHERE log.status = 'failed' OR excluded.status = 'sent'`;

/** A report tells that the SMS went out, whatever became of the answer. */
export const TAKE_REPORTS = `
UPDATE message_log AS log
SET status = 'sent', msg_id = report->>'msg_id', delivered = (report->>'delivered')::boolean,
	resolved = log.resolved OR log.status = 'unknown'
FROM jsonb_array_elements($2::jsonb) AS report
WHERE log.campaign = $1 AND log.recipient = report->>'phone'
	AND (log.status = 'unknown' OR log.msg_id = report->>'msg_id')`;

/** All reports are in: who has none was not sent to. */
export const NO_REPORT = `
UPDATE message_log SET status = 'failed', message = 'No delivery report: not sent', resolved = true
WHERE campaign = $1 AND status = 'unknown'`;

export interface Row {
	recipient: string;
	status: 'sent' | 'failed' | 'unknown';
	msg_id: string | null;
	message: string | null;
	safe_to_retry: boolean | null;
	delivered: boolean | null;
	resolved: boolean;
}

export async function readLog(query: (sql: string) => Promise<string>, campaign: string): Promise<Row[]> {
	const rows = await query(
		`SELECT coalesce(json_agg(log ORDER BY recipient), '[]') FROM message_log AS log WHERE campaign = '${campaign}'`,
	);
	return JSON.parse(rows) as Row[];
}
