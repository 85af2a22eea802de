import type { Simd } from '../../kernels/wasm/instructions.ts';
import { networkMemory, networkModule } from '../../kernels/wasm/network-module.ts';
import type { PictureBatch, PicturePixels } from '../../input/picture-batch.ts';
import { memoryBytes, PICTURE, type Plan, type PlanInMemory } from '../plan/plan.ts';
import type { Span } from '../plan/tensor.ts';
import type { HelperThread, StartThread } from './thread-messages.ts';
import { prepareOperations, type PreparedOperation } from './run-units.ts';
import { HelperLost, Leader } from './shared-units.ts';

/** More threads than this gain little: the phone's small cores are left to the page. */
export const MAX_THREADS = 4;
/** Time limit for a unit of a helper, in ms; a unit takes less than one. */
const HELPER_TIMEOUT_MS = 2_000;

interface ExecutorOptions {
  /** Whether its memory is shared, so that helpers can be added. */
  readonly shared?: boolean;
  /** As in `Leader`. */
  readonly timeout?: number;
}

/** Runs a plan on wasm, in a memory of its own. */
export class WasmExecutor {
  readonly plan: PlanInMemory;
  /** Called when a helper was lost; the executor goes on alone. */
  onHelperLost: ((cause: unknown) => void) | undefined;
  readonly #simd: Simd;
  readonly #timeout: number;
  #memory: WebAssembly.Memory;
  #steps: readonly PreparedOperation[];
  #helpers: HelperThread[] = [];
  #active = 0;
  /** Offers units to the helpers; undefined while the memory is not shared. */
  #leader: Leader | undefined;

  /** @throws RangeError if there is no memory for it */
  constructor(plan: Plan, simd: Simd, options: ExecutorOptions = {}) {
    const { writeWeights, ...rest } = plan;
    this.plan = rest;
    this.#simd = simd;
    this.#timeout = options.timeout ?? HELPER_TIMEOUT_MS;
    this.#memory = memoryFor(rest, options.shared === true);
    this.#steps = this.#prepare(writeWeights);
  }

  /** Bytes of its memory. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The threads that compute, this one among them. */
  get threads(): number {
    return 1 + this.#active;
  }

  /**
   * Starts helper threads beside this one, where the memory is shared. They help once
   * `threads` is set.
   *
   * @throws whatever a thread that does not start gives; there are then no helpers
   */
  async addHelpers(count: number, startThread: StartThread): Promise<void> {
    if (!this.#leader) return;
    const [plan, memory, module] = [this.plan, this.#memory, networkModule(this.#simd, true)];
    try {
      for (let helper = this.#helpers.length; helper < count; helper++) {
        this.#helpers.push(startThread({ plan, memory, module, helper }));
      }
      await Promise.all(this.#helpers.map(({ ready }) => ready));
    } catch (thrown) {
      this.endHelpers();
      throw thrown;
    }
  }

  /** @param threads at most one more than there are helpers */
  set threads(threads: number) {
    this.#active = Math.max(0, Math.min(threads - 1, this.#helpers.length));
    if (this.#leader) this.#leader.active = this.#active;
  }

  /** Ends the helpers from an index on; this thread goes on with the others. */
  endHelpers(from = 0): void {
    for (const helper of this.#helpers.splice(from)) helper.end();
    this.threads = Math.min(this.threads, 1 + from);
  }

  /** The output for each picture, `[pictures, ...plan.outputShape]`. */
  map({ pictures }: PictureBatch): Float32Array {
    return this.#runAll(pictures, this.plan.operations.length, [this.#output])[0]!;
  }

  /** The pooled output for each picture, `[pictures, channels]`. */
  features({ pictures }: PictureBatch): Float32Array {
    return this.#runAll(pictures, this.#steps.length, [this.#pooled])[0]!;
  }

  /** The tensors of `plan.kept`, each for every picture, `[pictures, ...]`. */
  kept({ pictures }: PictureBatch): Float32Array[] {
    return this.#runAll(pictures, this.plan.operations.length, this.plan.kept);
  }

  /** As `map`, `features` and `kept`, of one pass. */
  outputs({ pictures }: PictureBatch): {
    readonly map: Float32Array;
    readonly features: Float32Array;
    readonly kept: readonly Float32Array[];
  } {
    const spans = [this.#output, this.#pooled, ...this.plan.kept];
    const [map, features, ...kept] = this.#runAll(pictures, this.#steps.length, spans);
    return { map: map!, features: features!, kept };
  }

  get #output(): Span {
    const { output, outputShape } = this.plan;
    return { at: output, length: outputShape.reduce((a, b) => a * b, 1) };
  }

  get #pooled(): Span {
    const { output, outputShape, pool } = this.plan;
    return { at: pool?.to ?? output, length: outputShape.at(-1)! };
  }

  #runAll(
    pictures: readonly PicturePixels[],
    steps: number,
    spans: readonly Span[],
  ): Float32Array[] {
    const results = spans.map(({ length }) => new Float32Array(pictures.length * length));
    pictures.forEach((picture, index) => {
      this.#pass(picture, steps);
      spans.forEach(({ at, length }, i) => {
        results[i]!.set(new Float32Array(this.#memory.buffer, at, length), index * length);
      });
    });
    return results;
  }

  /** One picture through the first `steps` operations; alone from the moment a helper is lost. */
  #pass(picture: PicturePixels, steps: number): void {
    try {
      this.#run(picture, steps);
    } catch (thrown) {
      if (!(thrown instanceof HelperLost)) throw thrown;
      this.#goOnAlone(thrown);
      this.#run(picture, steps);
    }
  }

  /**
   * A pass of one picture on this thread, an operation at a time, without a result. Other passes may
   * run in between.
   *
   * @returns the fraction of the operations that are done, after each
   */
  *warmUp(picture: PicturePixels): Generator<number> {
    const kind = this.#write(picture);
    const { length } = this.#steps;
    for (let step = 0; step < length; step++) {
      this.#runAlone(step, kind);
      yield (step + 1) / length;
    }
  }

  #run(picture: PicturePixels, steps: number): void {
    const kind = this.#write(picture);
    for (let step = 0; step < steps; step++) {
      const { units } = this.#steps[step]!;
      if (this.#leader && this.#active > 0 && units > 1) {
        this.#leader.run(step, units, kind, this.#runUnit);
      } else {
        this.#runAlone(step, kind);
      }
    }
  }

  #runAlone(step: number, kind: number): void {
    const { units, run } = this.#steps[step]!;
    for (let unit = 0; unit < units; unit++) run(unit, kind);
  }

  readonly #runUnit = (step: number, unit: number, kind: number): void => {
    this.#steps[step]!.run(unit, kind);
  };

  /** A helper that hangs could still write: what it shares is given up. */
  #goOnAlone(cause: unknown): void {
    this.endHelpers();
    const { weightsAt, input } = this.plan;
    const weights = new Float32Array(this.#memory.buffer.slice(weightsAt, input));
    this.#memory = memoryFor(this.plan, false);
    this.#steps = this.#prepare((memory) => {
      memory.set(weights);
    });
    this.onHelperLost?.(cause);
  }

  #prepare(writeWeights: Plan['writeWeights']): readonly PreparedOperation[] {
    const memory = this.#memory;
    const shared = !(memory.buffer instanceof ArrayBuffer);
    writeWeights(new Float32Array(memory.buffer, this.plan.weightsAt));
    this.#leader = shared ? new Leader(memory, this.#timeout) : undefined;
    const module = networkModule(this.#simd, shared);
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return prepareOperations({ plan: this.plan, memory, exports, scratch: this.plan.scratch });
  }

  /** Copies a picture into the memory. @returns one of `PICTURE` */
  #write(picture: PicturePixels): number {
    const { input } = this.plan;
    if ('rgb' in picture) {
      new Float32Array(this.#memory.buffer, input).set(picture.rgb);
      return PICTURE.floats;
    }
    new Uint8Array(this.#memory.buffer, input).set(picture.rgba);
    return picture.flip ? PICTURE.mirrored : PICTURE.bytes;
  }
}

function memoryFor(plan: PlanInMemory, shared: boolean): WebAssembly.Memory {
  return networkMemory(memoryBytes(plan, shared ? MAX_THREADS : 1), shared);
}
