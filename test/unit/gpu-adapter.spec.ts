import { expect, test } from '@playwright/test';

test('a browser that has just started is asked for its GPU again', async () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  let asked = 0;
  const gpu = {
    requestAdapter: () => {
      asked++;
      return Promise.resolve(asked === 1 ? null : { info: { vendor: 'v' } });
    },
  };
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { gpu } });
  try {
    const { gpuAdapter } = await import('../../src/learning/backend/gpu-adapter.ts');
    expect(await gpuAdapter()).toMatchObject({ info: { vendor: 'v' }, isFallback: false });
    await gpuAdapter();
    expect(asked).toBe(2);
  } finally {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  }
});
