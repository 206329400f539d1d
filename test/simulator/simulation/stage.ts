import type { ProcessModules } from '../carrier/engine';
import type { VirtualClock } from '../clock/virtualClock';
import type { ModuleSource } from '../process/modules';
import { streamOf } from '../random';
import { Service } from '../service/service';
import { DedupeStore } from '../store/dedupeStore';
import type { World } from '../world/types';

/** The timers of a process belong to this owner. */
export const ownerOf = (process: number) => `p${process}`;

/** What everything in a world shares: the clock, the service, the store, the processes, and the trace of what happens. */
export class Stage {
	readonly lines: string[] = [];
	readonly store: DedupeStore;
	readonly service: Service;
	readonly credential = { works: true };
	readonly #processes = new Map<number, ProcessModules>();
	#waiting: Array<() => boolean> = [];

	constructor(
		readonly world: World,
		private readonly modules: ModuleSource,
		readonly clock: VirtualClock,
	) {
		const trace = (line: string) => this.trace(line);
		const random = (subject: string) => streamOf(world.seed, subject);
		this.store = new DedupeStore(world.store, clock, random('store'), trace);
		this.service = new Service(world.service, world.inbox, clock, random('service'), trace);
	}

	trace(line: string): void {
		this.lines.push(`${this.clock.now} ${this.clock.owner}: ${line}`);
	}

	isDead(process: number): boolean {
		return this.clock.dead.has(ownerOf(process));
	}

	/** A process that has died takes nothing new; the one in its place does. */
	alive(wanted: number): number {
		let process = wanted;
		while (this.isDead(process)) process += 10;
		return process;
	}

	/** Every process that did something and has not died. */
	living(): number[] {
		return [...this.#processes.keys()].filter((process) => !this.isDead(process));
	}

	modulesOf(process: number): ProcessModules {
		let modules = this.#processes.get(process);
		if (!modules) this.#processes.set(process, (modules = this.modules.fresh(this.world.knobs)));
		return modules;
	}

	/** Enters the code of a process, from a timer that the process owns. */
	enter(process: number, start: () => void): void {
		this.clock.schedule(start, 0, ownerOf(process));
	}

	/** Waits until something is so; false when it took longer than the limit, in virtual milliseconds. */
	async wait(until: () => boolean, limit: number): Promise<boolean> {
		return await new Promise((resolve) => {
			const test = () => {
				if (!until()) return false;
				timer.isOff = true;
				this.clock.schedule(() => resolve(true), 0, 'world');
				return true;
			};
			const giveUp = () => {
				this.#waiting = this.#waiting.filter((one) => one !== test);
				resolve(false);
			};
			const timer = this.clock.schedule(giveUp, limit, 'world');
			if (!test()) this.#waiting.push(test);
		});
	}

	/** Something has ended: ends the waits for it. */
	look(): void {
		this.#waiting = this.#waiting.filter((test) => !test());
	}
}
