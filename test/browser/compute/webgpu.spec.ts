import type { BackendName } from '../../../src/records/engine.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { answersOf, FINE_TUNING } from '../fine-tuning-setting.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { hasRealGpu } from '../../../scripts/chromium.ts';
import { startEngine } from '../start-engine.ts';

test.use({ webgpu: true });

test('a software adapter is never preferred to wasm', async ({ page }) => {
  test.skip(hasRealGpu(), 'here is a real one');
  const info = await startEngine(page, TINY_BASES);
  expect(info.backend).toBe('wasm');
  expect(info.refused).toHaveLength(1);
  expect(info.refused[0]!.backend).toBe('webgpu');
  expect(info.refused[0]!.reason).toContain('software adapter');
});
test('the golden picture of Open Images agrees on webgpu', async ({ page }) => {
  test.skip(!LONG_FORM, LONG_FORM_ONLY);
  await page.evaluate(() => harness.settings.saveSettings({ inputSize: 160 }));
  const info = await startEngine(page, 'bases/', 'webgpu');
  expect(info).toMatchObject({ backend: 'webgpu', inputSize: 160 });
  expect(info.selfTestDifference).toBeLessThanOrEqual(1e-3);
});

for (const backend of ['webgpu', 'webgl'] as const) {
  test(`both stages learn on ${backend} as on wasm`, async ({ page }) => {
    // The short form trains on WebGL in faults/lost-device.
    test.skip(backend === 'webgl' && !LONG_FORM, LONG_FORM_ONLY);
    await addSmallLibrary(page);
    const train = async (backend: BackendName) => {
      await startEngine(page, TINY_BASES, backend);
      const model = await page.evaluate((options) => harness.train(options), FINE_TUNING);
      expect(model.backend).toBe(backend);
      return {
        head: model.history,
        tuned: model.fineTuning!.history,
        answers: await answersOf(page),
      };
    };
    const wasm = await train('wasm');
    const other = await train(backend);
    for (const stage of ['head', 'tuned'] as const) {
      other[stage].forEach(({ loss, validationLoss }, epoch) => {
        expect(loss).toBeCloseTo(wasm[stage][epoch]!.loss, 3);
        expect(validationLoss).toBeCloseTo(wasm[stage][epoch]!.validationLoss!, 3);
      });
    }
    other.answers.forEach((probability, i) => {
      expect(probability).toBeCloseTo(wasm.answers[i]!, 2);
    });
  });
}
