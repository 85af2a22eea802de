import { add, get, I32, set, V128, type Code } from './instructions.ts';

/** Locals of a function by name; the first writing of one makes it. */
export class NamedLocals {
  readonly #names: string[];
  readonly #parameters: readonly number[];
  readonly #locals: number[] = [];

  constructor(parameters: Readonly<Record<string, number>>) {
    this.#names = Object.keys(parameters);
    this.#parameters = Object.values(parameters);
  }

  /** Of all that were made, as a function's parameters and locals. */
  get types(): { readonly parameters: readonly number[]; readonly locals: readonly number[] } {
    return { parameters: this.#parameters, locals: this.#locals };
  }

  index(name: string): number {
    const index = this.#names.indexOf(name);
    if (index < 0) throw new Error(`Nothing was written to ${name}`);
    return index;
  }

  read(name: string): Code {
    return get(this.index(name));
  }

  write(name: string, value: Code, type = I32): Code {
    if (!this.#names.includes(name)) {
      this.#names.push(name);
      this.#locals.push(type);
    }
    return set(this.index(name), value);
  }

  /** Four floats. */
  writeVector(name: string, value: Code): Code {
    return this.write(name, value, V128);
  }

  advance(name: string, by: Code): Code {
    return this.write(name, add(this.read(name), by));
  }
}
