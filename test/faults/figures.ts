import { test } from '@playwright/test';
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { LONG_FORM } from '../long-form.ts';

/** What the tests of faults count; docs/promises.md states the last of each. */
const FIGURES = ['faults injected', 'kills survived', 'records checked', 'records lost'] as const;
type Figure = (typeof FIGURES)[number];

/** Adds to a figure of the run. */
export function count(figure: Figure, by = 1): void {
  test.info().annotations.push({ type: figure, description: String(by) });
}

/** Prints the sum of each figure after a run in which there were any. */
export default class FiguresReporter implements Reporter {
  #root: Suite | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#root = suite;
  }

  onEnd(): void {
    // Of the last try of each test.
    const notes = (this.#root?.allTests() ?? []).flatMap(
      ({ results }) => results.at(-1)?.annotations ?? [],
    );
    const sums = FIGURES.map((figure) => {
      const parts = notes.filter(({ type }) => type === figure);
      return parts.length > 0
        ? `${parts.reduce((sum, { description }) => sum + Number(description), 0)} ${figure}`
        : '';
    }).filter(Boolean);
    if (sums.length === 0) return;
    console.log(`Faults: ${sums.join(', ')}`);
    if (!LONG_FORM) {
      console.log(
        'Long form only: npm run test:faults repeats kills, bursts and writes 30 to 100 times.',
      );
    }
  }
}
