import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * True when an AI agent calls the node. Today's agents run it as an ordinary step, which only the node's type shows:
 * n8n makes a second type with this ending out of a node that is usable as a tool.
 */
export function isCalledByAgent(context: IExecuteFunctions): boolean {
	return (context.isToolExecution?.() ?? false) || context.getNode().type.endsWith('Tool');
}
