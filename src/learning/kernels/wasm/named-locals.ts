import { add, get, I32, set, V128, type Code } from './instructions.ts';

/** The locals of a WebAssembly function by name. The first write of a name declares the local. */
export class NamedLocals {
  readonly #names: string[];
  readonly #parameters: readonly number[];
  readonly #locals: number[] = [];

  /** @param parameters value types by name, in the order of the function's parameters */
  constructor(parameters: Readonly<Record<string, number>>) {
    this.#names = Object.keys(parameters);
    this.#parameters = Object.values(parameters);
  }

  /** The value types of the parameters and of the locals declared so far. */
  get types(): { readonly parameters: readonly number[]; readonly locals: readonly number[] } {
    return { parameters: this.#parameters, locals: this.#locals };
  }

  /** The index of a local. @throws Error when it is not declared */
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

  /** Writes a local of four floats. */
  writeVector(name: string, value: Code): Code {
    return this.write(name, value, V128);
  }

  /** Adds a number to an integer local. */
  advance(name: string, by: Code): Code {
    return this.write(name, add(this.read(name), by));
  }
}
