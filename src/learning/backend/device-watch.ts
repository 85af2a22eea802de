import type * as tf from '@tensorflow/tfjs-core';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

/** Seconds that a GPU may take over one answer; compiling everything for the first one takes some. */
const PATIENCE = 60;

/**
 * Watches what computes for what TensorFlow.js does not look at: a lost device or context, errors
 * that WebGPU reports aside while the kernel's output is silently wrong, and a reading that never
 * comes. One such event, and nothing that the device computed may be used.
 */
export class DeviceWatch {
  /** Told once, when the device fails. */
  onFailure: ((problem: Problem) => void) | undefined;
  readonly #patience: number;
  readonly #waiting = new Set<(problem: Problem) => void>();
  #problem: Problem | undefined;

  /** @param patience seconds before an answer counts as one that never comes */
  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  followWebGpu(device: GPUDevice): void {
    void device.lost.then(({ reason, message }) => {
      this.fail(`${reason}: ${message}`);
    });
    device.addEventListener('uncapturederror', ({ error }) => {
      this.fail(error.message);
    });
  }

  /** @param canvas that the WebGL context belongs to */
  followWebGl(canvas: EventTarget): void {
    canvas.addEventListener('webglcontextlost', () => {
      this.fail('The WebGL context was lost.');
    });
  }

  /**
   * The numbers of a tensor, once it is known that they can be trusted.
   *
   * @throws Problem `gpu`
   */
  async read(tensor: tf.Tensor): Promise<Float32Array> {
    this.assertHealthy();
    let left = this.#patience;
    let stop!: (problem: Problem) => void;
    const failure = new Promise<never>((_, reject) => (stop = reject));
    this.#waiting.add(stop);
    // Counted second by second: while the page is frozen, no time passes here.
    const clock = setInterval(() => {
      if (--left === 0) this.fail(`No answer for ${this.#patience} s.`);
    }, 1000);
    try {
      const values = await Promise.race([tensor.data(), failure]);
      this.assertHealthy();
      return values as Float32Array;
    } catch (thrown) {
      // A lost device rejects what was asked of it a moment before it says that it is lost.
      await new Promise((resolve) => setTimeout(resolve));
      this.assertHealthy();
      throw thrown;
    } finally {
      clearInterval(clock);
      this.#waiting.delete(stop);
    }
  }

  /** @throws Problem `gpu` once the device has failed */
  assertHealthy(): void {
    if (this.#problem) throw this.#problem;
  }

  fail(cause: string): void {
    if (this.#problem) return;
    this.#problem = new Problem(
      'gpu',
      msg('The phone’s GPU stopped. Nothing is lost: the app starts it again.'),
      { cause },
    );
    for (const stop of this.#waiting) stop(this.#problem);
    this.onFailure?.(this.#problem);
  }
}
