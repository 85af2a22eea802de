import { join } from 'node:path';
import { hasSharedModels, SHARED_MODELS } from '../../fixtures/shared-material.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { LONG_FORM, LONG_FORM_ONLY } from '../../long-form.ts';
import { expect, test } from '../harness-test.ts';
import { addBase, choose, useBase } from '../own-base.ts';
import { startEngine } from '../start-engine.ts';

const isLarge = (name: string) => name.includes('1.00');

for (const name of ['mobilenetv2_1.00_160', 'mobilenetv2_0.35_224']) {
  test(`${name} by files: 154 layers, the tutorial's own or like it`, async ({ page }) => {
    test.skip(!hasSharedModels, 'the reference models are not beside the repository');
    test.skip(isLarge(name) && !LONG_FORM, LONG_FORM_ONLY);
    const folder = join(SHARED_MODELS, name);
    await choose(
      page,
      ['model.json', 'weights.bin'].map((file) => join(folder, file)),
    );
    const spec = await addBase(page, { name, mode: 'tf' });
    expect(spec).toMatchObject({ layers: 154, fineTuneFrom: 'Conv1', featureLength: 1280 });
    await startEngine(page, TINY_BASES, 'wasm');
    const info = await useBase(page, spec);
    expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  });
}
