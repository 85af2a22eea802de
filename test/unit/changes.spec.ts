import { expect, test } from '@playwright/test';
import { notifyAll } from '../../src/storage/notify-all.ts';

test('a listener that throws keeps no other from being called', () => {
  const called: string[] = [];
  const { error } = console;
  const logged: unknown[] = [];
  console.error = (...args: unknown[]) => logged.push(...args);
  try {
    notifyAll(
      [
        (topic) => called.push(`first ${topic}`),
        () => {
          throw new Error('broken');
        },
        (topic) => called.push(`last ${topic}`),
      ],
      'photos',
    );
  } finally {
    console.error = error;
  }
  expect(called).toEqual(['first photos', 'last photos']);
  expect(logged).toContainEqual(new Error('broken'));
});
