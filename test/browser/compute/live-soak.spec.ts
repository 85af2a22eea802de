import type { CDPSession, Page } from '@playwright/test';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM } from '../../long-form.ts';
import { addTrainedLibrary, expect, test } from '../harness-test.ts';
import { PHONE, useTinyBase } from '../live-page.ts';

/** Five minutes on the real base in the long form; `npm run test:soak` is that test alone. */
const SECONDS = LONG_FORM ? 300 : 3;
const ON_REAL_BASE = SECONDS > 60;
const SAMPLES = LONG_FORM ? 10 : 4;
/** What V8 holds after a collection comes and goes by this much. */
const HEAP_TOLERANCE = 1.5e6;

interface Sample {
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Bytes of the page's and of the worker's JavaScript heap after a collection. */
  readonly page: number;
  readonly worker: number;
}

test(`Live for ${SECONDS} seconds: tensors and heaps stay as they are`, async ({ page }) => {
  test.setTimeout((2 * SECONDS + 300) * 1000);
  await page.setViewportSize(PHONE);
  await addTrainedLibrary(page, ON_REAL_BASE ? 'bases/' : TINY_BASES);
  if (!ON_REAL_BASE) await useTinyBase(page);
  await page.evaluate(async () => {
    const stage = await harness.liveStage();
    const pets = Array.from({ length: 8 }, (_, seed) => {
      const canvas = new OffscreenCanvas(320, 320);
      harness.drawPet(canvas, seed % 2 ? 'cat' : 'dog', seed);
      return canvas;
    });
    let shown = 0;
    setInterval(() => {
      stage.show(pets[shown++ % pets.length]!);
    }, 400);
    await stage.open();
  });
  await page.locator('[data-action="heat-map"]').click({ timeout: 60_000 });
  await page.locator('[data-action="details"]').click();
  await page.locator('pp-heat-map').waitFor({ timeout: 60_000 });
  const heaps = await Heaps.of(page);
  // What is compiled and cached once is there after the first answers.
  await page.evaluate(async () => (await harness.liveStage()).moreAnswers(60));
  const samples: Sample[] = [];
  for (let sample = 0; sample <= SAMPLES; sample++) {
    if (sample > 0) await lookOn(page, (SECONDS * 1000) / SAMPLES);
    const { tensors, bytes } = await page.evaluate(async () =>
      (await harness.liveStage()).learning.memory(),
    );
    samples.push({ tensors, tensorBytes: bytes, ...(await heaps.bytes()) });
  }
  const fps = await page.locator('[data-fps]').getAttribute('data-fps');
  const column = (of: (sample: Sample) => number) => samples.map(of).join(' ');
  console.log(`tensors ${column(({ tensors }) => tensors)}, at the end ${fps} fps`);
  console.log(`page heap MB ${column(({ page }) => Math.round(page / 1e4) / 100)}`);
  console.log(`worker heap MB ${column(({ worker }) => Math.round(worker / 1e4) / 100)}`);
  const [first] = samples as [Sample, ...Sample[]];
  for (const { tensors, tensorBytes } of samples) {
    expect(tensors).toBe(first.tensors);
    expect(tensorBytes).toBe(first.tensorBytes);
  }
  for (const heap of ['page', 'worker'] as const) {
    const half = Math.floor(samples.length / 2);
    const early = mean(samples.slice(0, half).map((sample) => sample[heap]));
    const late = mean(samples.slice(-half).map((sample) => sample[heap]));
    expect(late - early, `${heap} heap`).toBeLessThan(HEAP_TOLERANCE);
  }
});

/** Some of that time before the camera, some before a frozen picture. */
async function lookOn(page: Page, milliseconds: number): Promise<void> {
  await page.waitForTimeout(0.8 * milliseconds);
  await page.locator('[data-action="freeze"]').click();
  await page.locator('[data-still]').waitFor();
  await page.waitForTimeout(0.2 * milliseconds);
  await page.locator('[data-action="camera"]').click();
  await page.locator('[data-fps]').waitFor();
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The JavaScript heaps of a page and its one worker, through the DevTools protocol. */
class Heaps {
  readonly #session: CDPSession;
  readonly #worker: string;
  #last = 0;

  private constructor(session: CDPSession, worker: string) {
    this.#session = session;
    this.#worker = worker;
  }

  static async of(page: Page): Promise<Heaps> {
    const session = await page.context().newCDPSession(page);
    const attached = new Promise<string>((resolve) => {
      session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (targetInfo.type === 'worker') resolve(sessionId);
      });
    });
    const autoAttach = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await session.send('Target.setAutoAttach', autoAttach);
    return new Heaps(session, await attached);
  }

  async bytes(): Promise<{ page: number; worker: number }> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.#session.send('Runtime.getHeapUsage');
    await this.#askWorker('HeapProfiler.collectGarbage');
    const worker = await this.#askWorker('Runtime.getHeapUsage');
    return { page: usedSize, worker: worker['usedSize'] as number };
  }

  async #askWorker(method: string): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    const answered = new Promise<Record<string, unknown>>((resolve) => {
      const onMessage = ({ message }: { message: string }) => {
        const answer = JSON.parse(message) as { id?: number; result?: Record<string, unknown> };
        if (answer.id !== id) return;
        this.#session.off('Target.receivedMessageFromTarget', onMessage);
        resolve(answer.result ?? {});
      };
      this.#session.on('Target.receivedMessageFromTarget', onMessage);
    });
    const message = JSON.stringify({ id, method });
    await this.#session.send('Target.sendMessageToTarget', { sessionId: this.#worker, message });
    return answered;
  }
}
