import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeFromFolder } from '../../scripts/bases/folder/from-folder.ts';
import { putBase } from '../../scripts/bases/put-base.ts';
import type { BaseSpec, GoldenFeatures } from '../../src/records/base-spec.ts';
import type { BackendName, EngineInfo } from '../../src/records/engine.ts';
import { tinyBase } from '../fixtures/base-tiny.ts';
import { hasSharedModels, SHARED_MODELS } from '../fixtures/shared-material.ts';
import { HARNESS_FOLDER } from '../harness/open-harness.ts';
import { expect, test } from './harness-test.ts';

/** A folder of bases of the test's own, beside the harness page; gives the address from there. */
async function basesFolder(name: string): Promise<{ folder: string; address: string }> {
  const folder = join(HARNESS_FOLDER, 'test-bases', name);
  await rm(folder, { recursive: true, force: true });
  return { folder, address: `test-bases/${name}/` };
}

function start(page: Page, bases: string, backend?: BackendName): Promise<EngineInfo> {
  return page.evaluate(({ bases, backend }) => harness.startEngine(bases, backend), {
    bases,
    backend,
  });
}

async function editSpec(
  folder: string,
  id: string,
  edit: (spec: BaseSpec) => BaseSpec,
): Promise<void> {
  const file = join(folder, id, 'spec.json');
  const spec = JSON.parse(await readFile(file, 'utf8')) as BaseSpec;
  await writeFile(file, JSON.stringify(edit(spec)));
}

for (const size of [160, 224]) {
  test(`Open Images at ${size}: the golden picture's features agree on wasm`, async ({ page }) => {
    await page.evaluate((size) => harness.settings.saveSettings({ inputSize: size }), size);
    const info = await start(page, 'bases/', 'wasm');
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
  test(`${name}: features agree with those of another implementation`, async ({ page }) => {
    test.skip(!hasSharedModels, 'the reference models are not here');
    const { folder, address } = await basesFolder(name);
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
    const info = await start(page, address, 'wasm');
    expect(info.selfTestDifference).toBeLessThanOrEqual(1e-3);
  });
}

test('every backend computes the tiny base alike', async ({ page }) => {
  const { folder, address } = await basesFolder('every-backend');
  await tinyBase(folder);
  for (const backend of ['wasm', 'webgl', 'cpu'] as const) {
    const info = await start(page, address, backend);
    expect(info.backend).toBe(backend);
    const [golden] = info.base.golden;
    expect(info.selfTestDifference).toBeLessThanOrEqual(golden!.tolerance);
  }
});

test.describe('with WebGPU on a software adapter', () => {
  test.use({ webgpu: true });

  test('the golden picture of Open Images agrees on webgpu', async ({ page }) => {
    test.setTimeout(180_000);
    await page.evaluate(() => harness.settings.saveSettings({ inputSize: 160 }));
    const info = await start(page, 'bases/', 'webgpu');
    expect(info).toMatchObject({ backend: 'webgpu', inputSize: 160 });
    expect(info.selfTestDifference).toBeLessThanOrEqual(1e-3);
  });

  test('a lost GPU is started again, and answers as before', async ({ page }) => {
    const { folder, address } = await basesFolder('lost-gpu');
    await tinyBase(folder);
    await start(page, address, 'webgpu');
    const session = await page.context().browser()!.newBrowserCDPSession();
    await page.evaluate(() => {
      Object.assign(globalThis, { phases: [] as string[] });
      harness.onStatus(({ phase }) => {
        (globalThis as unknown as { phases: string[] }).phases.push(phase);
      });
    });
    await session.send('Browser.crashGpuProcess');
    await expect
      .poll(() => page.evaluate(() => (globalThis as unknown as { phases: string[] }).phases))
      .toContain('starting');
    await expect
      .poll(() => page.evaluate(() => harness.status().phase), { timeout: 60_000 })
      .toBe('ready');
    const info = await page.evaluate(() => harness.status().info!);
    expect(info.selfTestDifference).toBeLessThanOrEqual(info.base.golden[0]!.tolerance);
  });

  test('a software adapter is never preferred to wasm', async ({ page }) => {
    const info = await start(page, 'bases/');
    expect(info.backend).toBe('wasm');
    expect(info.refused).toHaveLength(1);
    expect(info.refused[0]!.backend).toBe('webgpu');
    expect(info.refused[0]!.reason).toContain('software adapter');
  });
});

test('without WebGPU the engine says so and takes wasm', async ({ page }) => {
  const info = await start(page, 'bases/');
  expect(info.backend).toBe('wasm');
  expect(info.refused.map(({ backend }) => backend)).toEqual(['webgpu']);
});

test('a backend that computes wrong numbers is not trusted', async ({ page }) => {
  const { folder, address } = await basesFolder('wrong-golden');
  const { id } = await tinyBase(folder);
  await editSpec(folder, id, (spec) => ({
    ...spec,
    golden: spec.golden.map((golden) => ({ ...golden, l2: golden.l2 + 0.5 })),
  }));
  await expect(start(page, address)).rejects.toThrow('Nothing on this device computes');
  const status = await page.evaluate(() => harness.status());
  expect(status).toMatchObject({ phase: 'failed', problem: { kind: 'no-backend' } });
  expect(status.problem!.detail).toContain('wasm:');
});

test('weights that are not what the spec says are refused, and a good copy is kept', async ({
  page,
}) => {
  const { folder, address } = await basesFolder('damaged');
  const { id } = await tinyBase(folder);
  const file = join(folder, id, 'weights.bin');
  const good = await readFile(file);
  const bad = Buffer.from(good);
  bad[100]! ^= 1;
  await writeFile(file, bad);
  await expect(start(page, address, 'wasm')).rejects.toThrow('arrived damaged');
  await writeFile(file, good);
  await start(page, address, 'wasm');
  // From now on the cache answers: neither damage nor absence at the server is met again.
  await rm(file);
  await start(page, address, 'wasm');

  // A copy that rotted in the cache is seen, and fetched anew.
  await writeFile(file, good);
  await page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    for (const key of await cache.keys()) await cache.put(key, new Response('rotten'));
  });
  await start(page, address, 'wasm');
});

test('a base that does not come leaves the one before in use', async ({ page }) => {
  const { folder, address } = await basesFolder('not-there');
  const first = await tinyBase(folder);
  await putBase(
    folder,
    await makeFromFolder(join(folder, first.id), { id: 'zebra' }),
    () => undefined,
  );
  await rm(join(folder, 'zebra', 'weights.bin'));
  const info = await start(page, address, 'wasm');
  expect(info.bases.map(({ id }) => id)).toEqual(['tiny', 'zebra']);
  const change = page.evaluate(() => harness.useBase('zebra', 32));
  await expect(change).rejects.toThrow('could not be downloaded');
  const status = await page.evaluate(() => harness.status());
  expect(status).toMatchObject({ phase: 'ready', info: { base: { id: 'tiny' } } });
});

test('a base that is not to be had is said in a sentence', async ({ page }) => {
  await expect(start(page, 'nowhere/')).rejects.toThrow('Connect once, then it works offline');
});

test('what has to be compiled is, with progress, before the first photo', async ({ page }) => {
  const shares = await page.evaluate(async () => {
    const shares: number[] = [];
    const started = harness.startEngine('bases/', 'wasm');
    harness.onStatus(({ phase, progress }) => {
      if (phase === 'preparing') shares.push(progress);
    });
    await started;
    return shares;
  });
  expect(shares.length).toBeGreaterThan(20);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});
