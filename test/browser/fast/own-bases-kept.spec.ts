import type { Page } from '@playwright/test';
import type { BaseSpec } from '../../../src/records/base-spec.ts';
import { TINY_BASES } from '../../harness/serve-harness.ts';
import { expect, test } from '../harness-test.ts';
import { addBase, choose, storedBases, smallModel, useBase, writeModel } from '../own-base.ts';
import { startEngine } from '../start-engine.ts';

test('a base of one’s own that is damaged gives way to the default one, and is repaired by adding it again', async ({
  page,
}, testInfo) => {
  const paths = await writeModel(testInfo.outputPath('model'), await smallModel());
  await choose(page, paths);
  const spec = await addBase(page);
  await startEngine(page, TINY_BASES, 'wasm');
  await useBase(page, spec);
  await page.evaluate(async () => {
    const cache = await caches.open('purrceptron-bases');
    for (const key of await cache.keys()) {
      if (key.url.includes('/own/own-')) await cache.put(key, new Response('rotten'));
    }
  });
  const info = await startEngine(page, TINY_BASES, 'wasm');
  expect(info.base.id).toBe('tiny');
  expect(info.baseProblem?.message).toContain('“Mine” is damaged or gone');
  await expect(useBase(page, spec)).rejects.toThrow('Remove it in Settings and add it again');
  await choose(page, paths);
  await addBase(page);
  expect((await useBase(page, spec)).base.id).toBe(spec.id);
});

test('a base is added while the server has lost its list: the others stay in the engine’s list, and it is in', async ({
  page,
  served,
}, testInfo) => {
  await startEngine(page, TINY_BASES, 'wasm');
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  served.intercept = ({ url }, response) => {
    if (!url?.startsWith(`/${TINY_BASES}index.json`)) return false;
    response.writeHead(503).end();
    return true;
  };
  await choose(page, await writeModel(testInfo.outputPath('model'), await smallModel()));
  const { id } = await addBase(page);
  await expect
    .poll(() => page.evaluate(() => harness.status().info!.bases.map(({ id }) => id)))
    .toEqual(['tiny', id]);
  served.intercept = undefined;
  expect(errors).toEqual([]);
});

/** Changes what is stored of own bases, as if it had been so from the beginning. */
function editSpecs(page: Page, id: string) {
  return page.evaluate(async (id) => {
    const specs = (await harness.settings.getSetting('ownBases'))!;
    await harness.settings.saveSettings({
      ownBases: specs.map((spec) =>
        spec.id === id
          ? { ...spec, golden: spec.golden.map((golden) => ({ ...golden, l2: golden.l2 + 1 })) }
          : spec,
      ),
    });
  }, id);
}

test('a base of one’s own that fails its self-test gives way too; removing another changes nothing', async ({
  page,
}, testInfo) => {
  await choose(page, await writeModel(testInfo.outputPath('model'), await smallModel()));
  const spec = await addBase(page);
  const other = await addBase(page, { name: 'Another', mode: 'caffe' });
  await startEngine(page, TINY_BASES, 'wasm');
  await useBase(page, spec);
  await editSpecs(page, spec.id);
  const info = await startEngine(page, TINY_BASES, 'wasm');
  expect(info).toMatchObject({ base: { id: 'tiny' }, backend: 'wasm' });
  expect(info.baseProblem).toMatchObject({ kind: 'base', detail: expect.stringContaining('wasm') });
  expect(info.baseProblem!.message).toContain('“Mine” does not work here any more');
  const chosen = () => page.evaluate(() => harness.settings.getSetting('baseId'));
  const told = () => page.evaluate(() => harness.status().info!.baseProblem?.message);
  const remove = (id: string) =>
    page.evaluate(({ id, bases }) => harness.removeBase(id, bases), { id, bases: TINY_BASES });
  const listed = () => page.evaluate(() => harness.status().info!.bases.map(({ id }) => id));

  await remove(other.id);
  await expect.poll(listed).toEqual(['tiny', spec.id]);
  expect(await chosen()).toBe(spec.id);
  expect(await told()).toContain('“Mine”');
  // Once it is gone itself, nobody misses it.
  await remove(spec.id);
  await expect.poll(listed).toEqual(['tiny']);
  expect(await chosen()).toBeUndefined();
  expect(await told()).toBeUndefined();
  expect(await storedBases(page)).toEqual({ files: 0, specs: [] });
});

test('without room, adding a base again leaves the one that is there; a new one leaves nothing', async ({
  page,
}, testInfo) => {
  const paths = await writeModel(testInfo.outputPath('model'), await smallModel());
  await choose(page, paths);
  const spec = await addBase(page);
  const before = await storedBases(page);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const noRoom = 'There is no room';
  await expect(addBase(page)).rejects.toThrow(noRoom);
  await expect(addBase(page, { name: 'New', mode: 'caffe' })).rejects.toThrow(noRoom);
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  expect(await storedBases(page)).toEqual(before);
  await startEngine(page, TINY_BASES, 'wasm');
  expect((await useBase(page, spec)).base.id).toBe(spec.id);
});

test('files without a base are swept: after an adding that was cancelled, and at the start', async ({
  page,
}, testInfo) => {
  await choose(page, await writeModel(testInfo.outputPath('model'), await smallModel()));
  await addBase(page);
  const before = await storedBases(page);
  // As an adding leaves them that is ended between its files and its spec.
  const strand = () =>
    page.evaluate(async (bases) => {
      const cache = await caches.open('purrceptron-bases');
      const address = new URL(`${bases}own/own-stranded/weights.bin`, document.baseURI);
      await cache.put(address, new Response('half a base'));
    }, TINY_BASES);
  await strand();
  expect((await storedBases(page)).files).toBe(before.files + 1);
  const kind = await page.evaluate(
    ({ bases }) => {
      const control = new AbortController();
      return harness
        .addBase({ name: 'Never', mode: 'caffe' }, bases, undefined, {
          signal: control.signal,
          onProgress: () => {
            control.abort();
          },
        })
        .then(
          () => 'added',
          (thrown: unknown) => (thrown as { kind: string }).kind,
        );
    },
    { bases: TINY_BASES },
  );
  expect(kind).toBe('cancelled');
  await expect.poll(() => storedBases(page)).toEqual(before);
  await strand();
  await startEngine(page, TINY_BASES, 'wasm');
  await expect.poll(() => storedBases(page)).toEqual(before);
});

test('a base out of a backup is checked as one that is added, and must compute what it did', async ({
  page,
}, testInfo) => {
  const restore = (kept: BaseSpec) =>
    page.evaluate(({ kept, bases }) => harness.restoreBase(kept, bases), {
      kept,
      bases: TINY_BASES,
    });
  await choose(page, await writeModel(testInfo.outputPath('model'), await smallModel()));
  const spec = await addBase(page, { name: 'Mine', mode: 'caffe', licence: 'MIT' });
  await page.evaluate(({ id, bases }) => harness.removeBase(id, bases), {
    id: spec.id,
    bases: TINY_BASES,
  });
  const golden = spec.golden.map((each) => ({ ...each, l2: each.l2 + 1, tolerance: 100 }));
  const notIt = '“Mine” does not compute what it did before';
  await expect(restore({ ...spec, golden })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, golden: [] })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, inputRange: [0, 7] })).rejects.toThrow(notIt);
  await expect(restore({ ...spec, id: 'own-0123456789abcdef' })).rejects.toThrow(notIt);
  expect(await storedBases(page)).toEqual({ files: 0, specs: [] });
  expect(await restore(spec)).toEqual(spec);
  expect(await storedBases(page)).toEqual({ files: 2, specs: [spec.id] });
});
