import type { INode } from 'n8n-workflow';

import { STICKY_NOTE, readExamples } from '../support/examples';

/** Half of a node's box on the canvas. */
const HALF = 48;
/** Between two outputs of a node. */
const OUTPUTS_APART = 32;

type Box = Record<'left' | 'top' | 'right' | 'bottom', number>;
type Point = [number, number];

/** The part of the canvas under a node; its name below it included. */
function boxOf({ type, position: [left, top], parameters }: INode): Box {
	const { width, height } =
		type === STICKY_NOTE ? { width: 240, height: 160, ...parameters } : { width: 2 * HALF, height: 140 };
	return { left, top, right: left + width, bottom: top + height };
}

/** Points of the line that n8n draws from an output to a node on the right of it; none for a line that leads back. */
function pointsOf(
	{ position: [left, top] }: INode,
	{ position: [toX, toTop] }: INode,
	output: number,
	outputs: number,
): Point[] {
	const x = left + 2 * HALF;
	if (toX <= x) return [];
	const y = top + HALF + (output - (outputs - 1) / 2) * OUTPUTS_APART;
	const middle = (x + toX) / 2;
	const at = (a: number, b: number, c: number, d: number, u: number) =>
		(1 - u) ** 3 * a + 3 * (1 - u) ** 2 * u * b + 3 * (1 - u) * u * u * c + u ** 3 * d;
	return Array.from({ length: 101 }, (_, index) => [
		at(x, middle, middle, toX, index / 100),
		at(y, y, toTop + HALF, toTop + HALF, index / 100),
	]);
}

const holds = (box: Box, [x, y]: Point) => box.left < x && x < box.right && box.top < y && y < box.bottom;
const isWithin = (a: Box, b: Box) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

test.each(readExamples())('examples/$name.json: no line runs through a sticky note or a node', ({ workflow }) => {
	const nodeNamed = (name: string) => {
		const found = workflow.nodes.find((node) => node.name === name);
		if (!found) throw new Error(`There is no node "${name}".`);
		return found;
	};
	const crossed = Object.entries(workflow.connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((targets, output) =>
			(targets ?? []).flatMap(({ node: to }) => {
				const points = pointsOf(nodeNamed(from), nodeNamed(to), output, main.length);
				return workflow.nodes
					.filter(({ name }) => name !== from && name !== to)
					.filter((node) => !isWithin(boxOf(nodeNamed(to)), boxOf(node)))
					.filter((node) => points.some((point) => holds(boxOf(node), point)))
					.map(({ name }) => `${from} -> ${to}: ${name}`);
			}),
		),
	);
	expect(crossed).toEqual([]);
});
