/** A person at a verification page, with a browser that knows no JavaScript; and a program that speaks JSON. */

/** What a browser shows. */
export interface Shown {
	status: number;
	headers: Headers;
	html: string;
	heading: string;
	/** What is wrong, as the page says it. */
	alert?: string;
	/** Hidden and visible inputs with their values, form by form. */
	forms: Array<Record<string, string>>;
	/** True where there is an input for the code. */
	asksForCode: boolean;
}

/** Opens the page. */
export function open(url: string, headers?: Record<string, string>): Promise<Shown>;

/** Submits a form; a text is sent as it is. */
export function post(
	url: string,
	form: Record<string, string> | string,
	headers?: Record<string, string>,
): Promise<Shown>;

/** Opens the page and submits the number, with whatever else is entered. */
export function enterNumber(url: string, mobile: string, more?: Record<string, string>): Promise<Shown>;

/** Submits the code on the page that asks for it. */
export function enterCode(url: string, page: Shown, code: string): Promise<Shown>;

/** Presses the button for another code. */
export function askAgain(url: string, page: Shown): Promise<Shown>;

/** Sends JSON, as an app does; a text is sent as it is. */
export function call(
	url: string,
	body: unknown,
	headers?: Record<string, string>,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
