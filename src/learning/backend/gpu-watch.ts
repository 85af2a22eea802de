import { Problem } from '../../problem.ts';

/**
 * Watches a GPU device for what TensorFlow.js does not look at: a lost device, and errors that
 * WebGPU reports aside while the kernel's output is silently wrong. One such event, and nothing
 * that the device computed may be used.
 */
export class GpuWatch {
  /** Told once, when the device fails. */
  onFailure: ((problem: Problem) => void) | undefined;
  #problem: Problem | undefined;

  constructor(device: GPUDevice) {
    void device.lost.then(({ reason, message }) => {
      this.#fail(`${reason}: ${message}`);
    });
    device.addEventListener('uncapturederror', ({ error }) => {
      this.#fail(error.message);
    });
  }

  /** Called after each readback, before its numbers are used. @throws Problem `gpu` */
  assertHealthy(): void {
    if (this.#problem) throw this.#problem;
  }

  #fail(cause: string): void {
    if (this.#problem) return;
    this.#problem = new Problem(
      'gpu',
      'The phone’s GPU stopped. Nothing is lost: the app starts it again.',
      { cause },
    );
    this.onFailure?.(this.#problem);
  }
}
