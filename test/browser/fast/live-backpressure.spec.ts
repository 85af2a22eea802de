import { expect, test } from '../harness-test.ts';

test('while the model is slow one frame is asked about at a time, the newest, and the picture goes on', async ({
  page,
}) => {
  const seen = await page.evaluate(async () => {
    const { SlowAnswers } = await harness.slowAnswers();
    const slow = new SlowAnswers();
    await slow.watch();
    const rounds: { asked: number; shown: number; next: number }[] = [];
    for (let round = 1; round <= 5; round++) {
      await slow.question();
      // The video presents these while the question is open.
      const shown = await slow.frames(10);
      const { asked } = slow;
      slow.answer();
      rounds.push({ asked, shown, next: await slow.question() });
    }
    slow.close();
    return { rounds, mostOpen: slow.mostOpen };
  });
  expect(seen.rounds.map(({ asked }) => asked)).toEqual([1, 2, 3, 4, 5]);
  expect(seen.mostOpen).toBe(1);
  // A queue would ask about the frame behind the one before.
  for (const { shown, next } of seen.rounds) expect(next).toBeGreaterThanOrEqual(shown);
  // The picture has moved on under each open question.
  const shown = seen.rounds.map((round) => round.shown);
  expect(new Set(shown).size).toBe(5);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
});

test('nothing is asked while the page is hidden, nor once nobody watches', async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const { SlowAnswers } = await harness.slowAnswers();
    const hide = (value: boolean) =>
      Object.defineProperty(document, 'hidden', { configurable: true, value });
    const slow = new SlowAnswers();
    await slow.watch();
    await slow.question();
    hide(true);
    slow.answer();
    await slow.frames(20);
    const askedHidden = slow.asked - 1;
    // The frame that was being grabbed when the page was hidden.
    for (let open = askedHidden; open > 0; open--) slow.answer();
    hide(false);
    await slow.question();
    const askedAgain = slow.asked - 1 - askedHidden;
    slow.unwatch();
    slow.answer();
    const asked = slow.asked;
    await slow.frames(20);
    slow.close();
    return { askedHidden, askedAgain, askedAfterEnd: slow.asked - asked };
  });
  expect(seen.askedHidden).toBeLessThanOrEqual(1);
  expect(seen.askedAgain).toBe(1);
  expect(seen.askedAfterEnd).toBe(0);
});
