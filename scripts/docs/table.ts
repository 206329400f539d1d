/** A table in Markdown. */
export function table(head: string[], rows: Array<Array<string | number>>) {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
