import { TINY_BASES } from '../../harness/serve-harness.ts';
import { addSmallLibrary, expect, test } from '../harness-test.ts';
import { startEngine } from '../start-engine.ts';

const chosenSize = () => harness.settings.getSetting('inputSize');

test('changes of the base that overlap run one after another, and the last one stays', async ({
  page,
}) => {
  await startEngine(page, TINY_BASES, 'wasm');
  const sizes = await page.evaluate(async () => {
    const changes = [48, 32, 48].map((size) => harness.useBase('tiny', size));
    return (await Promise.all(changes)).map(({ inputSize }) => inputSize);
  });
  expect(sizes).toEqual([48, 32, 48]);
  expect(await page.evaluate(chosenSize)).toBe(48);
  expect(await page.evaluate(() => harness.status())).toMatchObject({
    phase: 'ready',
    info: { inputSize: 48 },
  });
});

test('while a training runs the base stays; one that is asked for meanwhile waits for the base', async ({
  page,
}) => {
  await addSmallLibrary(page);
  await startEngine(page, TINY_BASES, 'wasm');
  const during = await page.evaluate(async () => {
    const training = harness.train({ preset: 'quick' });
    const change = await harness.useBase('tiny', 48).then(
      () => 'changed',
      (thrown: unknown) => (thrown as { kind: string }).kind,
    );
    return { change, size: (await training).base.inputSize };
  });
  expect(during).toEqual({ change: 'busy', size: 32 });
  expect(await page.evaluate(chosenSize)).toBeUndefined();
  const after = await page.evaluate(async () => {
    const change = harness.useBase('tiny', 48);
    const training = harness.train({ preset: 'quick' });
    await change;
    return (await training).base.inputSize;
  });
  expect(after).toBe(48);
});
