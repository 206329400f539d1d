import type { FastifyRequest } from 'fastify';
import { isObject } from '../json';

/** Reads what control calls are given. A TypeError becomes 400 with its sentence. */

type Check<T> = (value: unknown) => value is T;

export const isText: Check<string> = (value) => typeof value === 'string';
export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
export const isWhole: Check<number> = (value): value is number => Number.isSafeInteger(value);
export const isOneOf =
	<const T>(...values: T[]): Check<T> =>
	(value): value is T =>
		values.some((known) => known === value);
export const orNull =
	<T>(check: Check<T>): Check<T | null> =>
	(value): value is T | null =>
		value === null || check(value);
export const isListOf =
	<T>(check: Check<T>): Check<T[]> =>
	(value): value is T[] =>
		Array.isArray(value) && value.every(check);

export function jsonOf({ bodyText }: FastifyRequest): unknown {
	try {
		return JSON.parse(bodyText);
	} catch {
		throw new TypeError('The body of this call must be JSON.');
	}
}

export function objectOf(request: FastifyRequest): Record<string, unknown> {
	const body = jsonOf(request);
	if (!isObject(body)) throw new TypeError('The body of this call must be a JSON object.');
	return body;
}

/** @returns the record, with the fields that `checks` names and no others; any of them may be missing */
export function readRecord<T extends object>(
	record: Record<string, unknown>,
	checks: { [Name in keyof T]: Check<T[Name]> },
): Partial<T> {
	for (const [name, value] of Object.entries(record)) {
		const check = Object.entries<Check<unknown>>(checks).find(([known]) => known === name)?.[1];
		if (!check) throw new TypeError(`There is no field "${name}" here. Known: ${Object.keys(checks).join(', ')}.`);
		if (!check(value)) throw new TypeError(`The field "${name}" cannot be ${JSON.stringify(value)}.`);
	}
	return record as Partial<T>;
}

export function wholeNumber(value: unknown, name: string): number {
	if (!/^\d{1,15}$/.test(String(value))) throw new TypeError(`"${name}" must be a whole number.`);
	return Number(value);
}

export const optionalWhole = (value: unknown, name: string) =>
	value === undefined ? undefined : wholeNumber(value, name);
