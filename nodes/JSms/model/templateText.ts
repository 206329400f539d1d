import type { TemplateParameters } from './recipient';

/** A template's text, cut at its parameters. */
export interface Template {
	/** Pieces of text, one more than there are places. */
	pieces: string[];
	/** What stands between the pieces: the name of a parameter, and how the template writes it. */
	places: Array<{ name: string; written: string }>;
	/** Names of the parameters in order of appearance, each once. */
	names: string[];
}

/** Cuts the text of a template at its `{{name}}`s, so that many SMS can be made of it. */
export function compileTemplate(text: string): Template {
	const pieces: string[] = [];
	const places: Template['places'] = [];
	let end = 0;
	for (const { 0: written, 1: inside, index } of text.matchAll(/\{\{([^{}]+)\}\}/g)) {
		const name = inside.trim();
		if (name === '') continue;
		pieces.push(text.slice(end, index));
		places.push({ name, written });
		end = index + written.length;
	}
	pieces.push(text.slice(end));
	return { pieces, places, names: [...new Set(places.map(({ name }) => name))] };
}

/** The text with its values; where one is missing, the parameter stays visible as the template writes it. */
export function renderText({ pieces, places }: Template, values: TemplateParameters): string {
	let text = pieces[0];
	for (const [index, { name, written }] of places.entries()) {
		text += (Object.hasOwn(values, name) ? values[name] : written) + pieces[index + 1];
	}
	return text;
}

/**
 * Parameters of a template that have no value.
 * @param names of the template's parameters
 */
export function missingNames(names: readonly string[], isGiven: (name: string) => boolean): string[] {
	return names.filter((name) => !isGiven(name));
}

/** Values that have no place in the template. */
export function unusedNames(names: readonly string[], given: TemplateParameters): string[] {
	return Object.keys(given).filter((name) => !names.includes(name));
}
