import { expect, test } from './harness-test.ts';

/** Milliseconds that the classifier takes over a picture, and that it is watched. */
const DELAY = 400;
const WATCHED = 4_000;

test('while the model is slow one frame is asked about at a time, the newest, and the picture runs on', async ({
  page,
}) => {
  const { questions, presentedPerSecond, drawnPerSecond, askedAfterEnd } = await page.evaluate(
    async ([delay, watched]) => (await harness.slowAnswers()).watchSlowly(delay!, watched!),
    [DELAY, WATCHED],
  );
  // Asked again as soon as it has answered, and never before.
  expect(questions.length).toBeGreaterThan(WATCHED / DELAY / 2);
  expect(questions.length).toBeLessThanOrEqual(WATCHED / DELAY + 3);
  expect(Math.max(...questions.map(({ open }) => open))).toBe(1);
  // A frame is on its way to the screen for a few others' time; a queue would fall behind ever more.
  const behind = questions.map(({ about, newest }) => newest - about);
  expect(Math.max(...behind.slice(1)), behind.join(' ')).toBeLessThanOrEqual(6);
  expect(presentedPerSecond).toBeGreaterThan(0.7 * drawnPerSecond);
  expect(askedAfterEnd).toBe(0);
});

test('while the page is hidden nothing is asked, and then it goes on', async ({ page }) => {
  const { questions, askedHidden, askedAfter } = await page.evaluate(
    async ([delay, watched]) => (await harness.slowAnswers()).watchSlowly(delay!, watched!, true),
    [50, 2_000],
  );
  expect(questions.length).toBeGreaterThan(5);
  // At most the one frame that was being grabbed when it was hidden.
  expect(askedHidden).toBeLessThanOrEqual(1);
  expect(askedAfter).toBeGreaterThan(0);
});
