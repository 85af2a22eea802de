/** The state of a generator: 128 bits, as four 32-bit integers. */
type RandomState = readonly [number, number, number, number];

/**
 * A seeded random number generator whose state can be stored and restored. The algorithm is sfc32
 * of Chris Doty-Humphrey's PractRand, with 128 bits of state.
 */
export class Random {
  readonly #state: Uint32Array;

  /** @param seed an integer; only its lowest 32 bits count */
  constructor(seed: number) {
    this.#state = Uint32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
    // The first numbers still correlate with the seed.
    for (let i = 0; i < 16; i++) this.next();
  }

  /** A generator that continues from a stored state. */
  static from(state: RandomState): Random {
    const random = new Random(0);
    random.#state.set(state);
    return random;
  }

  /** A copy of the current state. */
  get state(): RandomState {
    return [...this.#state] as unknown as RandomState;
  }

  /** The next number, uniform in [0, 1). */
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

  /** Shuffles an array in place (Fisher-Yates) and returns it. */
  shuffle<Item>(items: Item[]): Item[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor(this.next() * (i + 1));
      [items[i], items[j]] = [items[j]!, items[i]!];
    }
    return items;
  }
}
