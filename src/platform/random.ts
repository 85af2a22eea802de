/** Where a generator stands: 128 bits. */
type RandomState = readonly [number, number, number, number];

/**
 * A seeded random generator with a state that can be stored and continued: sfc32 of Chris
 * Doty-Humphrey's PractRand, 128 bits of state, uniform in [0, 1).
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    this.#state = Uint32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
    // The first numbers still look like the seed.
    for (let i = 0; i < 16; i++) this.next();
  }

  /** The generator that goes on from there. */
  static from(state: RandomState): Random {
    const random = new Random(0);
    random.#state.set(state);
    return random;
  }

  get state(): RandomState {
    return [...this.#state] as unknown as RandomState;
  }

  next(): number {
    const state = this.#state;
    const [a, b, c, counter] = state as unknown as [number, number, number, number];
    const result = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + result;
    state[3] = counter + 1;
    return (result >>> 0) / 2 ** 32;
  }

  /** Shuffles in place (Fisher and Yates). */
  shuffle<Item>(items: Item[]): Item[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [items[i], items[j]] = [items[j]!, items[i]!];
    }
    return items;
  }
}
