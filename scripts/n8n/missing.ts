/**
 * The package that an install of n8n asks for and the registry does not have.
 *
 * n8n publishes its packages one by one, and a mirror copies them one by one: an n8n can be there before its own parts.
 * @param output Of npm
 * @returns e.g.
 * @n8n/agents@0.26.2
 */
export function missingPackage(output: string): string | undefined {
	const [, wanted] =
		/No matching version found for (\S+?)\.?\s/.exec(output) ?? /'(\S+)' is not in this registry/.exec(output) ?? [];
	return wanted;
}
