import { expect, test } from '@playwright/test';
import { safeLocalStorage, safeSessionStorage } from '../../src/platform/web-storage.ts';

const STORAGES = [
  { name: 'localStorage', storage: safeLocalStorage },
  { name: 'sessionStorage', storage: safeSessionStorage },
] as const;

/** What is used of `Storage`, in memory. */
function memoryStorage() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

function fail(name: string): never {
  throw new DOMException('The operation is not allowed', name);
}

for (const { name, storage } of STORAGES) {
  test.describe(name, () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    const define = (get: () => unknown) =>
      Object.defineProperty(globalThis, name, { configurable: true, get });

    test.afterEach(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });

    test('a value is read as it was written, until it is removed', () => {
      const inMemory = memoryStorage();
      define(() => inMemory);
      expect(storage.read('key')).toBeUndefined();
      expect(storage.write('key', 'value')).toBe(true);
      expect(storage.read('key')).toBe('value');
      expect(storage.read('other')).toBeUndefined();
      expect(storage.remove('key')).toBe(true);
      expect(storage.read('key')).toBeUndefined();
    });

    test('an empty value is not a missing one', () => {
      const inMemory = memoryStorage();
      define(() => inMemory);
      storage.write('key', '');
      expect(storage.read('key')).toBe('');
    });

    test('where site data is blocked, nothing throws and nothing is stored', () => {
      define(() => fail('SecurityError'));
      expect(storage.read('key')).toBeUndefined();
      expect(storage.write('key', 'value')).toBe(false);
      expect(storage.remove('key')).toBe(false);
    });

    test('where the storage is full, a write reports it and reads still work', () => {
      const full = { ...memoryStorage(), setItem: () => fail('QuotaExceededError') };
      define(() => full);
      expect(storage.write('key', 'value')).toBe(false);
      expect(storage.read('key')).toBeUndefined();
    });
  });
}
