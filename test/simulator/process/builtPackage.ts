import { createRequire, fs, path, ROOT, vm } from '../host';
import { patched, type Patch } from './patches';

/** Runs a compiled file: its own exports, require, module, file name and folder name. */
type Wrapper = (
	exports: unknown,
	require: (target: string) => unknown,
	module: { exports: unknown },
	file: string,
	folder: string,
) => void;

interface Module {
	exports: unknown;
}

const DIST = path.join(ROOT, 'dist');

/** What the package takes from outside is loaded once, and is the same for everybody. */
const outside = createRequire(path.join(ROOT, 'index.js'));
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * The built package, compiled once. Each instance of it stands for a process: it holds those modules anew that keep something
 * in variables, and those that use them; the others are shared.
 */
export class BuiltPackage {
	readonly #wrappers = new Map<string, Wrapper>();
	readonly #texts = new Map<string, string>();
	readonly #shared = new Map<string, Module>();
	readonly #keeping = new Map<string, boolean>();
	readonly #unused: Set<Patch>;

	constructor(private readonly patches: readonly Patch[] = []) {
		this.#unused = new Set(patches);
	}

	/**
	 * A fresh instance.
	 * @returns loads a module by its path below dist
	 */
	instance(): (file: string) => unknown {
		const own = new Map<string, Module>();
		const load = (file: string): unknown => {
			const modules = this.keepsState(file) ? own : this.#shared;
			const known = modules.get(file);
			if (known) return known.exports;
			const module: Module = { exports: {} };
			modules.set(file, module);
			const folder = path.dirname(file);
			const require = (target: string): unknown =>
				target.startsWith('.') ? load(resolve(folder, target)) : outside(target);
			this.#wrapperOf(file)(module.exports, require, module, file, folder);
			return module.exports;
		};
		return (file) => load(path.join(DIST, file));
	}

	/** Files that keep something in variables of their own, from dist; to be called after an instance was made. */
	get filesWithState(): string[] {
		return [...this.#texts]
			.filter(([, text]) => hasVariables(text))
			.map(([file]) => path.relative(DIST, file))
			.sort();
	}

	/** Patches whose file no instance has loaded so far. */
	get unusedPatches(): Patch[] {
		return [...this.#unused];
	}

	/** Whether a file, or one that it uses, keeps something in variables. */
	private keepsState(file: string): boolean {
		const known = this.#keeping.get(file);
		if (known !== undefined) return known;
		const text = this.#textOf(file);
		const holds = hasVariables(text) && !CACHES.test(file);
		this.#keeping.set(file, holds);
		const uses = Array.from(text.matchAll(/require\("(\.[^"]+)"\)/g), ([, target]) =>
			this.keepsState(resolve(path.dirname(file), target)),
		);
		const keeps = holds || uses.some(Boolean);
		this.#keeping.set(file, keeps);
		return keeps;
	}

	#textOf(file: string): string {
		let text = this.#texts.get(file);
		if (text === undefined) {
			text = patched(file, fs.readFileSync(file, 'utf8'), this.patches);
			for (const patch of this.#unused) if (file.endsWith(patch.file)) this.#unused.delete(patch);
			this.#texts.set(file, text);
		}
		return text;
	}

	#wrapperOf(file: string): Wrapper {
		let wrapper = this.#wrappers.get(file);
		if (!wrapper) {
			wrapper = vm.compileFunction(this.#textOf(file), PARAMETERS, { filename: file }) as Wrapper;
			this.#wrappers.set(file, wrapper);
		}
		return wrapper;
	}
}

/** Keeps what can be computed anew at any time, so that sharing it changes nothing; the node's description hangs on it. */
const CACHES = /fields\/(?:jsonText|mobile|sendTime)\.js$/;

/**
 * Variables at the top of a module that can change: counters, and collections that begin empty. Not weak ones: what they hold
 * belongs to an object, and no two processes share one.
 */
const hasVariables = (text: string) =>
	/^(?:let|var) |^(?:const \w+|exports\.\w+) = (?:new (?:Map|Set)\(\)|\[\]|\{\})|^(?:const \w+|exports\.\w+) = new \w+\.[A-Z]\w*\((?!['"`])/m.test(
		text,
	);

const resolved = new Map<string, string>();

function resolve(folder: string, target: string): string {
	const name = `${folder}|${target}`;
	let file = resolved.get(name);
	if (file === undefined) {
		const base = path.resolve(folder, target);
		file = [base, `${base}.js`, path.join(base, 'index.js')].find(
			(one) => fs.existsSync(one) && fs.statSync(one).isFile(),
		);
		if (file === undefined) throw new Error(`${target} is not in the build`);
		resolved.set(name, file);
	}
	return file;
}
