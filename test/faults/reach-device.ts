import type { Page } from '@playwright/test';

/** In the engine's worker: what computes there, for a test to harm. */
interface Reached {
  device?: GPUDevice;
  context?: WebGL2RenderingContext;
  /** 0 where the next buffer is to be larger than the device can give, 1 once it was. */
  tooLarge?: number;
}

/** How what computes fails: Chromium's own doing each time. */
export type Harm = 'destroy-device' | 'allocation' | 'lose-context';

/**
 * Lets `harm` reach the device or the WebGL context of each worker that is started from now on.
 *
 * @returns how many were; it grows
 */
export function reachDevices(page: Page): { workers: number } {
  const started = { workers: 0 };
  page.on('worker', (worker) => {
    started.workers++;
    void worker.evaluate(() => {
      const reached: Reached = {};
      Object.assign(globalThis, { reached });
      /* oxlint-disable typescript/unbound-method -- each is applied to what it is called on */
      const { requestDevice } = GPUAdapter.prototype;
      GPUAdapter.prototype.requestDevice = async function (...args) {
        return (reached.device = await requestDevice.apply(this, args));
      };
      const { createBuffer } = GPUDevice.prototype;
      GPUDevice.prototype.createBuffer = function (asked) {
        if (reached.tooLarge !== 0 || asked.mappedAtCreation) return createBuffer.call(this, asked);
        reached.tooLarge = 1;
        return createBuffer.call(this, { ...asked, size: this.limits.maxBufferSize + 16 });
      };
      const { getContext } = OffscreenCanvas.prototype;
      OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: unknown[]) {
        const context = getContext.apply(this, args as Parameters<typeof getContext>);
        if (context instanceof WebGL2RenderingContext) reached.context = context;
        return context;
      } as typeof getContext;
    });
  });
  return started;
}

/** Harms what computes in the worker that was started last. @throws Error when it was not reached */
export async function harm(page: Page, how: Harm): Promise<void> {
  await page
    .workers()
    .at(-1)!
    .evaluate((how) => {
      const { reached } = globalThis as unknown as { reached: Reached };
      if (how === 'lose-context') {
        reached.context!.getExtension('WEBGL_lose_context')!.loseContext();
      } else if (how === 'destroy-device') reached.device!.destroy();
      else {
        if (!reached.device) throw new Error('No device was asked for');
        reached.tooLarge = 0;
      }
    }, how);
}
