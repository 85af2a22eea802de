import { expect, test } from '@playwright/test';
import type { Notice } from '../../src/ui/notice.ts';
import { NoticeQueue } from '../../src/ui/notice-queue.ts';

const undo = { label: 'Undo', run: () => undefined };
const deleted: Notice = { text: 'Photo deleted.', action: undo };
const moved: Notice = { text: 'Moved to Cat', action: undo };
const failed: Notice = { text: 'The camera failed.', tone: 'wrong' };
const inUse: Notice = { text: 'Model 2 is in use.' };

/** The texts of the notices, in the order in which they are shown. */
function shown(...notices: readonly Notice[]): string[] {
  const queue = new NoticeQueue();
  for (const notice of notices) queue.add(notice);
  return queue.takeAll().map(({ text }) => text);
}

/** A notice that must be seen once, and how often it was. */
function once(): { notice: Notice; count: number } {
  const result = {
    notice: { text: 'Ready for airplane mode', seen: () => result.count++ },
    count: 0,
  };
  return result;
}

test('a notice that must be seen once is not lost, whatever comes before, after and during it', () => {
  for (const others of [[deleted], [inUse], [failed], [deleted, inUse, failed, moved]]) {
    for (let place = 0; place <= others.length; place++) {
      const { notice } = once();
      expect(shown(...others.toSpliced(place, 0, notice))).toContain(notice.text);
    }
  }
});

test('a notice is seen when its time is over, and not when another one interrupts it', () => {
  const queue = new NoticeQueue();
  const ready = once();
  queue.add(ready.notice);
  queue.add(deleted);
  expect([queue.current, ready.count]).toEqual([deleted, 0]);
  queue.next();
  expect([queue.current, ready.count]).toEqual([ready.notice, 0]);
  queue.next();
  expect([queue.current, ready.count]).toEqual([undefined, 1]);
});

test('an error does not take Undo away, and nothing takes an error away', () => {
  expect(shown(deleted, failed)).toEqual([failed.text, deleted.text]);
  expect(shown(failed, deleted, inUse)).toEqual([deleted.text, failed.text, inUse.text]);
});

test('several wait, each once', () => {
  const { notice } = once();
  expect(shown(deleted, inUse, notice, inUse)).toEqual([deleted.text, notice.text, inUse.text]);
  expect(shown(failed, inUse, failed)).toEqual([failed.text, inUse.text]);
  expect(shown(deleted, deleted)).toEqual([deleted.text]);
});

test('a newer confirmation and a newer Undo take the place of the one before', () => {
  expect(shown(inUse, { text: 'Model 3 is in use.' })).toEqual(['Model 3 is in use.']);
  expect(shown(deleted, moved)).toEqual([moved.text]);
});
