import { test as base, type Page } from '@playwright/test';
import { launchChromium, openHarnessPage } from '../harness/open-harness.ts';
import { serveHarness, type HarnessServer } from '../harness/serve-harness.ts';

interface OfTest {
  /** The harness, in a browser context of its own: its library is empty. */
  page: Page;
  /** For a test that measures a process of the browser or crashes one: a Chromium of its own. */
  ownChromium: boolean;
  /** A Chromium of its own, with WebGPU on a software adapter. */
  webgpu: boolean;
}

interface OfWorker {
  served: HarnessServer;
}

/** Tests of the app's rooms in a real browser. One Chromium and one server do for all of a worker. */
export const test = base.extend<OfTest, OfWorker>({
  served: [
    async ({}, use) => {
      const served = await serveHarness();
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
  ownChromium: [false, { option: true }],
  webgpu: [false, { option: true }],
  page: async ({ browser, ownChromium, webgpu, served }, use) => {
    const own = ownChromium || webgpu ? await launchChromium({ webgpu }) : undefined;
    const harness = await openHarnessPage(own ?? browser, served.url);
    await use(harness.page);
    await harness.close();
    await own?.close();
  },
});

export { expect } from '@playwright/test';
export {
  addDrawnPets,
  addSmallLibrary,
  addTrainedLibrary,
  addTrainedSheets,
  seeds,
} from './drawn-library.ts';
