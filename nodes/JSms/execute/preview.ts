import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toNodeError } from '../api/apiError';
import type { Failure } from '../model/failure';
import { isCancelled } from '../api/request';
import { readTemplateId } from '../fields/template';
import type { ItemResult, PreviewOperation } from '../model/operation';
import { asFailure, toOutputItems } from './itemResult';
import { openSession, passesInputOn, type Session } from './session';

/** Shows what each item would send: asks the service for the templates, and for nothing else. */
export async function runPreview(
	context: IExecuteFunctions,
	operation: PreviewOperation,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const stopsOnFailure = !context.continueOnFail();
	const passesOn = passesInputOn(context);
	const session = await open(context, operation);
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, { json }] of items.entries()) {
		if (isCancelled(context)) break;
		const result = 'failure' in session ? session : await previewItem(session, operation, itemIndex);
		if (stopsOnFailure && 'failure' in result) throw toNodeError(context.getNode(), result.failure, itemIndex);
		output.push(...toOutputItems(context, result, itemIndex, passesOn ? json : undefined));
	}
	if (!('failure' in session)) context.addExecutionHints?.(...session.slowFields());
	return [output];
}

async function open(context: IExecuteFunctions, operation: PreviewOperation): Promise<Session | { failure: Failure }> {
	try {
		return await openSession(context, operation);
	} catch (error) {
		return { failure: asFailure(error) };
	}
}

async function previewItem(session: Session, operation: PreviewOperation, itemIndex: number): Promise<ItemResult> {
	try {
		const template = await session.template(readTemplateId(session.input(itemIndex).read));
		// Parameters are read as a send would read them: stored names stay, whatever the template has now.
		const input = await session.templateInput(itemIndex);
		return { items: [operation.toItem(input, template)] };
	} catch (error) {
		return { failure: asFailure(error) };
	}
}
