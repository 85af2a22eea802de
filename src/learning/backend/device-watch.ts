import type * as tf from '@tensorflow/tfjs-core';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';

/** Seconds to wait for one answer of a GPU; before the first answer it compiles all shaders. */
const TIMEOUT = 60;

/**
 * Watches a device for failures that TensorFlow.js does not check: a lost device or context, errors
 * that WebGPU reports only as events while the kernel's output is silently wrong, and a readback
 * that never finishes. After one such event, nothing that the device computed may be used.
 */
export class DeviceWatch {
  /** Called once, when the device fails. */
  onFailure: ((problem: Problem) => void) | undefined;
  readonly #timeout: number;
  readonly #waiting = new Set<(problem: Problem) => void>();
  #problem: Problem | undefined;

  /** @param timeout seconds after which an answer counts as missing */
  constructor(timeout = TIMEOUT) {
    this.#timeout = timeout;
  }

  /** Fails when the device is lost or reports an uncaptured error. */
  followWebGpu(device: GPUDevice): void {
    void device.lost.then(({ reason, message }) => {
      this.fail(`${reason}: ${message}`);
    });
    device.addEventListener('uncapturederror', ({ error }) => {
      this.fail(error.message);
    });
  }

  /** Fails when the WebGL context is lost. @param canvas the canvas of the context */
  followWebGl(canvas: EventTarget): void {
    canvas.addEventListener('webglcontextlost', () => {
      this.fail('The WebGL context was lost.');
    });
  }

  /**
   * Reads the values of a tensor back from the device.
   *
   * @throws Problem `gpu` when the device has failed or does not answer in time
   */
  async read(tensor: tf.Tensor): Promise<Float32Array> {
    return (await this.answer(() => tensor.data())) as Float32Array;
  }

  /**
   * Waits for something that the device computes.
   *
   * @param ask starts it
   * @throws Problem `gpu` when the device has failed or does not answer in time
   */
  async answer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.assertHealthy();
    let secondsLeft = this.#timeout;
    let stop!: (problem: Problem) => void;
    const failure = new Promise<never>((_, reject) => (stop = reject));
    this.#waiting.add(stop);
    // The seconds are counted one by one, because time must not pass while the page is frozen.
    const clock = setInterval(() => {
      if (--secondsLeft === 0) this.fail(`No answer for ${this.#timeout} s.`);
    }, 1000);
    try {
      const values = await Promise.race([ask(), failure]);
      this.assertHealthy();
      return values;
    } catch (thrown) {
      // A lost device rejects the readback a moment before it reports the loss.
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

  /** Marks the device as failed: rejects all pending reads and reports the problem. */
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
