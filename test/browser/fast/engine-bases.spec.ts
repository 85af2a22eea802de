import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFromFolder } from '../../../scripts/bases/folder/from-folder.ts';
import { putBase } from '../../../scripts/bases/put-base.ts';
import { tinyBase } from '../../fixtures/base-tiny.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { expect, test } from '../harness-test.ts';
import { editSpec, startEngine } from '../start-engine.ts';

test('every backend computes the tiny base alike', async ({ page }) => {
  for (const backend of ['wasm', 'webgl', 'cpu'] as const) {
    const info = await startEngine(page, TINY_BASES, backend);
    expect(info.backend).toBe(backend);
    const [golden] = info.base.golden;
    expect(info.selfTestDifference).toBeLessThanOrEqual(golden!.tolerance);
  }
});

test('without WebGPU the engine says so and takes wasm', async ({ page }) => {
  const info = await startEngine(page, TINY_BASES);
  expect(info.backend).toBe('wasm');
  expect(info.refused.map(({ backend }) => backend)).toEqual(['webgpu']);
});

test('a backend that computes wrong numbers is not trusted', async ({ page, served }) => {
  const { folder, address } = await served.makeFolder();
  const { id } = await tinyBase(folder);
  await editSpec(folder, id, (spec) => ({
    ...spec,
    golden: spec.golden.map((golden) => ({ ...golden, l2: golden.l2 + 0.5 })),
  }));
  await expect(startEngine(page, address)).rejects.toThrow('No part of this device computes');
  const status = await page.evaluate(() => harness.status());
  expect(status).toMatchObject({ phase: 'failed', problem: { kind: 'no-backend' } });
  expect(status.problem!.detail).toContain('wasm:');
});

test('what passed on wasm is remembered for this code, browser and base; a GPU is tested each time', async ({
  page,
  served,
}) => {
  const { folder, address } = await served.makeFolder();
  const { id } = await tinyBase(folder);
  const kept = () => page.evaluate(() => harness.settings.getSetting('selfTests'));
  const first = await startEngine(page, address, 'wasm');
  await expect.poll(async () => Object.values((await kept()) ?? {})).toHaveLength(1);
  const [[key, passed] = []] = Object.entries((await kept())!);
  expect(passed).toEqual({
    difference: first.selfTestDifference,
    forward: first.timings.forward,
  });
  /** Figures that no test gives. */
  const remembered = { difference: 0.125, forward: 4321 };
  const keepAs = (key: string) =>
    page.evaluate((selfTests) => harness.settings.saveSettings({ selfTests }), {
      [key]: remembered,
    });
  await keepAs(key!);
  const again = await startEngine(page, address, 'wasm');
  expect(again.selfTestDifference).toBe(remembered.difference);
  expect(again.timings.forward).toBe(remembered.forward);
  const onGpu = await startEngine(page, address, 'webgl');
  expect(onGpu.selfTestDifference).not.toBe(remembered.difference);
  // Passed by other code.
  await keepAs(`${key} 2`);
  const tested = await startEngine(page, address, 'wasm');
  expect(tested.selfTestDifference).toBe(first.selfTestDifference);
  // Golden features that this base does not give: another test, which it fails.
  await editSpec(folder, id, (spec) => ({
    ...spec,
    golden: spec.golden.map((golden) => ({ ...golden, l2: golden.l2 + 0.5 })),
  }));
  const refused = 'No part of this device computes';
  await expect(startEngine(page, address, 'wasm')).rejects.toThrow(refused);
});

test('a base that no backend can build is refused by the first one', async ({ page, served }) => {
  const { folder, address } = await served.makeFolder();
  const { id } = await tinyBase(folder);
  const file = join(folder, id, 'model.json');
  const json = (await readFile(file, 'utf8')).replace('"class_name":"ReLU"', '"class_name":"Nova"');
  await writeFile(file, json);
  const sha256 = createHash('sha256').update(json).digest('hex');
  await editSpec(folder, id, (spec) => ({
    ...spec,
    files: spec.files.map((each) =>
      each.path === 'model.json' ? { ...each, sha256, bytes: Buffer.byteLength(json) } : each,
    ),
  }));
  await expect(startEngine(page, address)).rejects.toThrow('cannot be built');
  const { problem } = await page.evaluate(() => harness.status());
  expect(problem).toMatchObject({ kind: 'base', detail: expect.stringContaining('Nova') });
});

test('weights that are not what the spec says are refused, and a good copy is kept', async ({
  page,
  served,
}) => {
  const { folder, address } = await served.makeFolder();
  const { id } = await tinyBase(folder);
  const file = join(folder, id, 'weights.bin');
  const good = await readFile(file);
  const bad = Buffer.from(good);
  bad[100]! ^= 1;
  await writeFile(file, bad);
  await expect(startEngine(page, address, 'wasm')).rejects.toThrow('arrived damaged');
  await writeFile(file, good);
  await startEngine(page, address, 'wasm');
  // From now on the cache answers: neither damage nor absence at the server is met again.
  await rm(file);
  await startEngine(page, address, 'wasm');

  // A copy that rotted in the cache is seen, and fetched anew.
  await writeFile(file, good);
  await page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    for (const key of await cache.keys()) await cache.put(key, new Response('rotten'));
  });
  await startEngine(page, address, 'wasm');
});

test('a base that does not come leaves the one before in use', async ({ page, served }) => {
  const { folder, address } = await served.makeFolder();
  const first = await tinyBase(folder);
  await putBase(
    folder,
    await makeFromFolder(join(folder, first.id), { id: 'zebra' }),
    () => undefined,
  );
  await rm(join(folder, 'zebra', 'weights.bin'));
  const info = await startEngine(page, address, 'wasm');
  expect(info.bases.map(({ id }) => id)).toEqual(['tiny', 'zebra']);
  const change = page.evaluate(() => harness.useBase('zebra', 32));
  await expect(change).rejects.toThrow('could not be downloaded');
  const status = await page.evaluate(() => harness.status());
  expect(status).toMatchObject({ phase: 'ready', info: { base: { id: 'tiny' } } });
});

test('a base that is not to be had is said in a sentence', async ({ page }) => {
  await expect(startEngine(page, 'nowhere/')).rejects.toThrow(
    'Connect once, then it works offline',
  );
});
