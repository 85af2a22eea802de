/**
 * How the threads of an executor share the units of an operation. One thread leads: it offers the
 * units of one operation after the other, takes units itself, and waits only for those that another
 * thread has taken. So a helper that sleeps, starts late or has ended costs nothing. The leader takes
 * units from the start and helpers mostly from the end: a thread finds the rows that it computed
 * before in its own cache.
 *
 * The offer is a single word, the ticket: a sequence number, and the first and the last of the units
 * that nobody has taken. A unit is taken by a compare-and-exchange of the whole word, so a thread
 * that is late cannot take a unit of a later operation for one of an earlier one.
 */

/** Words of the shared memory, from its start. */
const WORD = { ticket: 0, done: 1, operation: 2, picture: 3, sleepers: 4, waits: 5, active: 6 };
const WORDS = 7;

const UNIT_BITS = 6;
const UNIT_MASK = (1 << UNIT_BITS) - 1;
/** How often a thread looks again before it sleeps: about a tenth of a millisecond. */
const SPINS = 8_000;

/** Milliseconds of one wait for a helper. */
const SLICE_MS = 50;

/** A helper did not finish its unit in time: it has ended, or hangs. */
export class HelperLost extends Error {}

/** A unit of an operation, to run on a picture of a kind (see PICTURE). */
type RunShared = (operation: number, unit: number, picture: number) => void;

/** The words of a shared memory. */
function sharedWords(memory: WebAssembly.Memory): Int32Array {
  return new Int32Array(memory.buffer, 0, WORDS);
}

/** Takes a unit. @returns the unit; -1 if none is left */
function take(words: Int32Array, ticket: number, fromEnd: boolean): number {
  const low = ticket & UNIT_MASK;
  const high = (ticket >>> UNIT_BITS) & UNIT_MASK;
  const next = fromEnd ? ticket - (1 << UNIT_BITS) : ticket + 1;
  const isTaken = Atomics.compareExchange(words, WORD.ticket, ticket, next) === ticket;
  return isTaken ? (fromEnd ? high - 1 : low) : -1;
}

function isEmpty(ticket: number): boolean {
  return (ticket & UNIT_MASK) >= ((ticket >>> UNIT_BITS) & UNIT_MASK);
}

/** The thread that offers the units. */
export class Leader {
  readonly #words: Int32Array;
  readonly #timeout: number;
  #sequence = 0;
  /** Units that helpers have finished, in all. */
  #finished = 0;

  /** @param timeout ms after which a helper that has not finished a unit is lost */
  constructor(memory: WebAssembly.Memory, timeout: number) {
    this.#words = sharedWords(memory);
    this.#timeout = timeout;
  }

  /** How many helpers may take units; the others sleep. */
  set active(helpers: number) {
    Atomics.store(this.#words, WORD.active, helpers);
  }

  /**
   * Runs all units of an operation, with the helpers.
   *
   * @param units at most `MAX_UNITS`
   * @throws HelperLost
   */
  run(operation: number, units: number, picture: number, run: RunShared): void {
    const words = this.#words;
    words[WORD.operation] = operation;
    words[WORD.picture] = picture;
    this.#sequence = (this.#sequence + 1) % (1 << 19);
    Atomics.store(words, WORD.ticket, (this.#sequence << (2 * UNIT_BITS)) | (units << UNIT_BITS));
    if (Atomics.load(words, WORD.sleepers) > 0) Atomics.notify(words, WORD.ticket);
    let own = 0;
    for (;;) {
      const ticket = Atomics.load(words, WORD.ticket);
      if (isEmpty(ticket)) break;
      const unit = take(words, ticket, false);
      if (unit < 0) continue;
      run(operation, unit, picture);
      own++;
    }
    this.#finished = (this.#finished + units - own) | 0;
    this.#waitForHelpers();
  }

  #waitForHelpers(): void {
    const words = this.#words;
    for (let spin = 0; spin < SPINS; spin++) {
      if (Atomics.load(words, WORD.done) === this.#finished) return;
    }
    Atomics.store(words, WORD.waits, 1);
    // Counted in slices, because time must not pass while the page is frozen.
    for (let waited = 0; ;) {
      const done = Atomics.load(words, WORD.done);
      if (done === this.#finished) break;
      if (waited >= this.#timeout) throw new HelperLost('A thread of the network does not answer');
      if (Atomics.wait(words, WORD.done, done, SLICE_MS) === 'timed-out') waited += SLICE_MS;
    }
    Atomics.store(words, WORD.waits, 0);
  }
}

/**
 * Takes and runs units for ever: only the end of its thread ends it.
 *
 * @param helper index among the helpers, from 0
 */
export function help(memory: WebAssembly.Memory, helper: number, run: RunShared): never {
  const words = sharedWords(memory);
  // With three helpers, one begins at the start: two ends for four threads.
  const fromEnd = helper % 2 === 0;
  for (let spin = 0; ; spin++) {
    const ticket = Atomics.load(words, WORD.ticket);
    if (!isEmpty(ticket) && helper < Atomics.load(words, WORD.active)) {
      const operation = words[WORD.operation]!;
      const picture = words[WORD.picture]!;
      const unit = take(words, ticket, fromEnd);
      if (unit >= 0) {
        run(operation, unit, picture);
        Atomics.add(words, WORD.done, 1);
        if (Atomics.load(words, WORD.waits) === 1) Atomics.notify(words, WORD.done);
      }
      spin = 0;
    } else if (spin > SPINS) {
      Atomics.add(words, WORD.sleepers, 1);
      // Whoever offers units after this counts the sleeper, and wakes it.
      if (Atomics.load(words, WORD.ticket) === ticket) Atomics.wait(words, WORD.ticket, ticket);
      Atomics.sub(words, WORD.sleepers, 1);
      spin = 0;
    }
  }
}
