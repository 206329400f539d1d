import type { WorkflowActivateMode } from 'n8n-workflow';

/** A person publishes the workflow, or saves one that is published, and reads what comes of it. */
const BY_PERSON: readonly WorkflowActivateMode[] = ['activate', 'create', 'update'];

/**
 * Whether a trigger may refuse to be activated.
 *
 * When n8n itself activates it (at its start, after a change of leader, after a crash of the trigger), nobody is there to read a
 * refusal, and n8n 2.x gives up after five tries within 15 seconds and never tries again: a short outage of JSMS at that
 * moment would switch the trigger off for good. So it starts in any case, and its first polls or callbacks tell what is wrong.
 */
export function mayRefuse(mode: WorkflowActivateMode): boolean {
	return BY_PERSON.includes(mode);
}

/** One text of what happened and what to do: of the error of an activation, n8n shows nothing but the message. */
export function refusalText(message: string, hint: string | undefined): string {
	return hint ? `${message}. ${hint}` : message;
}
