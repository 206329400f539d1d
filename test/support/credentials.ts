import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

/**
 * Stands in for n8n's credentials store: data given by the test, defaults filled in from the credential type, generic
 * sign-in resolved through n8n's own expression engine (`={{$credentials.x}}`).
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	#types;
	#data;

	/** @param data by credential type name */
	constructor(types: ICredentialType[], data: Record<string, ICredentialDataDecryptedObject>) {
		super();
		this.#types = new Map(types.map((type) => [type.name, type]));
		this.#data = data;
	}

	#typeOf(name: string): ICredentialType {
		const type = this.#types.get(name);
		if (!type) throw new Error(`The test gave no credential type "${name}"`);
		return type;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.#typeOf(typeName).properties;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.#data[typeName];
		if (!data) throw new Error(`Credential with ID "${nodeCredentials?.id}" does not exist for type "${typeName}".`);
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			data as INodeParameters,
			true,
			false,
			null,
			null,
		);
		// n8n keeps the fields it adds to a credential by itself, which the type does not declare.
		return { ...data, ...(withDefaults as ICredentialDataDecryptedObject) };
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.#typeOf(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (authenticate?.type !== 'generic') return requestOptions;
		const resolve = (text: unknown) =>
			typeof text === 'string' && text.startsWith('=')
				? workflow.expression.getSimpleParameterValue(
						node,
						text,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					)
				: text;
		const signed: Record<string, unknown> = { ...requestOptions };
		// `auth`, `headers`, `qs` or `body`: entry by entry, so what the request already carries stays.
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(values as object).map(([key, value]) => [resolve(key), resolve(value)]);
			signed[part] = { ...(signed[part] as object | undefined), ...Object.fromEntries(resolved) };
		}
		return signed as unknown as IHttpRequestOptions;
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('Nodes read credentials decrypted; nothing asks for the encrypted ones');
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}
}
