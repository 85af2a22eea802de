import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeFromFolder } from '../../../scripts/bases/folder/from-folder.ts';
import { putBase } from '../../../scripts/bases/put-base.ts';
import type { GoldenFeatures } from '../../../src/records/base-spec.ts';
import { hasSharedModels, SHARED_MODELS } from '../../fixtures/shared-material.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';
import { editSpec, startEngine } from '../start-engine.ts';

/** Starts on the default base; `fractions`: how much was compiled, each time that it was said. */
function startWithProgress(page: Page) {
  return page.evaluate(async () => {
    const fractions: number[] = [];
    const started = harness.startEngine('bases/', 'wasm');
    harness.onStatus(({ phase, progress }) => {
      if (phase === 'preparing') fractions.push(progress);
    });
    return { info: await started, fractions };
  });
}

for (const size of [160, 224]) {
  test(`Open Images at ${size}: the golden picture's features agree on wasm`, async ({ page }) => {
    await page.evaluate((size) => harness.settings.saveSettings({ inputSize: size }), size);
    const { info, fractions } = await startWithProgress(page);
    // What has to be compiled is, before the first photo.
    expect(fractions.length).toBeGreaterThan(20);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    expect(info).toMatchObject({ backend: 'wasm', inputSize: size, base: { id: 'openimages' } });
    const golden = info.base.golden.find((figures) => figures.size === size)!;
    expect(golden.tolerance).toBe(1e-3);
    expect(info.selfTestDifference).toBeLessThanOrEqual(golden.tolerance);
    const { base, whole } = (await page.evaluate(() => harness.summaries()))!;
    expect(base.rows).toHaveLength(154);
    expect(base).toMatchObject({ total: 2_257_984, trainable: 0 });
    expect(whole).toMatchObject({ total: 2_259_265, trainable: 1_281 });
  });
}

for (const name of ['mobilenetv2_1.00_160', 'mobilenetv2_0.35_224']) {
  test(`${name}: features agree with those of another implementation`, async ({ page, served }) => {
    test.skip(!hasSharedModels, 'the reference models are not here');
    test.skip(name.includes('1.00') && !LONG_FORM, LONG_FORM_ONLY);
    const { folder, address } = await served.makeFolder();
    const source = join(SHARED_MODELS, name);
    const made = await makeFromFolder(source, { id: name });
    await putBase(folder, made, () => undefined);
    // In place of the figures that the app made itself: PyTorch's.
    const golden = JSON.parse(await readFile(join(source, 'golden.json'), 'utf8')) as Omit<
      GoldenFeatures,
      'size'
    >;
    await editSpec(folder, name, (spec) => ({
      ...spec,
      golden: [{ ...golden, size: spec.inputSizes[0]! }],
    }));
    const info = await startEngine(page, address, 'wasm');
    expect(info.selfTestDifference).toBeLessThanOrEqual(1e-3);
  });
}
