/** What the fields of a fault may hold. `T` is what the fault holds when it is applied: undefined where a field may be left out. */
export interface Field<T = unknown> {
	check(value: unknown): boolean;
	/** in words */
	expects: string;
	default?: T;
	required?: boolean;
}

export type Fields = Record<string, Field>;

/** A fault's own fields with the defaults filled in. */
export type Values<F extends Fields> = { [Name in keyof F]: F[Name] extends Field<infer T> ? T : never };

/** A field is always there where it is required or has a default. */
interface FieldMaker<T, A extends unknown[] = []> {
	(...given: A): Field<T | undefined>;
	(...given: [...A, { required: true } | { default: T }]): Field<T>;
}

const maker =
	<T>(expects: string, check: (value: unknown) => boolean): FieldMaker<T> =>
	(more: object = {}) => ({ check, expects, ...more });

const isList = (value: unknown, check: (entry: unknown) => boolean) => Array.isArray(value) && value.every(check);
const isText = (value: unknown): value is string => typeof value === 'string';

export const isWhole = (value: unknown, least: number): value is number =>
	Number.isSafeInteger(value) && Number(value) >= least;

export const whole: FieldMaker<number, [least: number]> = (least: number, more: object = {}) => ({
	check: (value) => isWhole(value, least),
	expects: `a whole number from ${least}`,
	...more,
});
export const text = maker<string>('a text', isText);
/** @param values the first is the default */
export const oneOf = <const T>(values: readonly T[]): Field<T> => ({
	check: (value) => values.some((known) => known === value),
	expects: values.map((value) => JSON.stringify(value)).join(' or '),
	default: values[0],
});
export const indexes = maker<number[]>('a list of row numbers from 0', (value) =>
	isList(value, (index) => isWhole(index, 0)),
);
export const texts = maker<string[]>('a list of texts', (value) => isList(value, isText));
export const headers = maker<Record<string, string | number>>(
	'an object of header names and values',
	(value) =>
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).every((entry) => typeof entry === 'string' || typeof entry === 'number'),
);
export const anything = maker<unknown>('a text or JSON value', () => true);
/** An HTTP status a final answer can have. */
export const status = maker<number>('an HTTP status from 200 to 599', (value) => isWhole(value, 200) && value <= 599);
export const secondsOrDate = maker<string | number>(
	'seconds or a date',
	(value) => isText(value) || typeof value === 'number',
);
