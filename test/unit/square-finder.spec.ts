import { expect, test } from '@playwright/test';
import { squareFinder } from '../../src/learning/api/square-finder.ts';
import type { EngineInfo, EngineStatus } from '../../src/records/engine.ts';
import type { FoundBox } from '../../src/records/found-box.ts';

const SIZE = { width: 1600, height: 900 };
const BOX: FoundBox = { x: 0.8, y: 0.3, width: 0.1, height: 0.2, score: 0.8 };

const IDLE = { progress: 0, pendingPhotos: 0, unreadablePhotos: [] };
const READY: EngineStatus = {
  ...IDLE,
  phase: 'ready',
  info: { base: { knows: { boxes: {} } } } as unknown as EngineInfo,
};

/** An engine in some state, which counts what it is asked. */
function engineIn(status: EngineStatus, answer: () => Promise<FoundBox[] | undefined>) {
  const engine = {
    status,
    asked: 0,
    start: () => Promise.resolve({} as EngineInfo),
    findBoxes: () => {
      engine.asked++;
      return answer();
    },
  };
  return engine;
}

/** A reduced picture, which says whether it was closed. */
function reduced() {
  const picture = { closed: false, close: () => (picture.closed = true) };
  return picture as typeof picture & ImageBitmap;
}

test('the square is where the engine finds something', async () => {
  const engine = engineIn(READY, () => Promise.resolve([BOX]));
  const find = await squareFinder(engine);
  const square = await find!(reduced(), SIZE);
  expect(square!.x).toBeGreaterThan(1000);
  expect(square!.side).toBeLessThan(900);
});

test('where the engine cannot say, it is not asked, and the picture is let go', async () => {
  for (const status of [
    { ...IDLE, phase: 'failed' },
    { ...IDLE, phase: 'downloading' },
    { ...READY, info: { base: {} } as unknown as EngineInfo },
  ] as const) {
    const engine = engineIn(status, () => Promise.resolve([BOX]));
    const find = await squareFinder(engine);
    const picture = reduced();
    expect(await find!(picture, SIZE)).toBeUndefined();
    expect(engine.asked).toBe(0);
    expect(picture.closed).toBe(true);
  }
});

test('a failure, or nothing known, is no square; the import goes on', async () => {
  const failing = await squareFinder(engineIn(READY, () => Promise.reject(new Error('lost'))));
  expect(await failing!(reduced(), SIZE)).toBeUndefined();
  const knowsNothing = await squareFinder(engineIn(READY, () => Promise.resolve(undefined)));
  expect(await knowsNothing!(reduced(), SIZE)).toBeUndefined();
});

test('an engine that does not start lets the picture go', async () => {
  const engine = {
    ...engineIn({ ...IDLE, phase: 'preparing' }, () => Promise.resolve([BOX])),
    start: () => Promise.reject(new Error('no base')),
  };
  const picture = reduced();
  expect(await (await squareFinder(engine))!(picture, SIZE)).toBeUndefined();
  expect(picture.closed).toBe(true);
});

test('an engine that does not answer is waited for once, not for each photo', async () => {
  const engine = engineIn({ ...IDLE, phase: 'preparing' }, () => new Promise(() => undefined));
  const find = await squareFinder(engine, 30);
  const all = await Promise.all([find!(reduced(), SIZE), find!(reduced(), SIZE)]);
  expect(all).toEqual([undefined, undefined]);
  expect(engine.asked).toBe(2);
  const later = reduced();
  expect(await find!(later, SIZE)).toBeUndefined();
  expect(engine.asked).toBe(2);
  expect(later.closed).toBe(true);
});
