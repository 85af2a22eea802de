import { expect, test } from '@playwright/test';
import { nearestInSession, SESSION_MS } from '../../src/photos/find-session.ts';
import type { PhotoSource } from '../../src/records/photo.ts';

/** A hash with this many bits set: its distance to the one with none. */
function hash(ones: number): number[] {
  return Array.from({ length: 8 }, (_, band) => {
    const own = Math.max(0, Math.min(8, ones - 8 * band));
    return 256 * band + 2 ** own - 1;
  });
}

const at = (minutes: number, ones = 32, source: PhotoSource = 'file') => ({
  takenAt: minutes * 60_000,
  hashBands: hash(ones),
  source,
});

test('photos from files: the nearest in time within minutes, whatever they show', () => {
  const photo = at(100, 0);
  const [near, nearer, far] = [at(96), at(103), at(100 + SESSION_MS / 60_000 + 0.1)];
  expect(nearestInSession(photo, [near, nearer, far])).toEqual([nearer, near]);
  expect(nearestInSession(photo, [near])).toEqual([near]);
  expect(nearestInSession(photo, [far])).toEqual([]);
  expect(nearestInSession({ ...photo, source: 'shared' }, [near])).toEqual([near]);
  expect(nearestInSession(photo, [])).toEqual([]);
});

test('the app’s own photos: the most similar of the session, and none that looks otherwise', () => {
  const photo = at(100, 0, 'camera');
  const [alike, more, other] = [at(99, 20), at(97, 12), at(100, 30)];
  expect(nearestInSession(photo, [alike, more, other])).toEqual([more]);
  expect(nearestInSession(photo, [other])).toEqual([]);
  expect(nearestInSession({ ...photo, source: 'live' }, [alike])).toEqual([alike]);
});
