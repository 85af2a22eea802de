import type { FrameQuality } from '../image/frame-quality.ts';

/** What would make the next photo better. */
export type FrameHint = 'dark' | 'blurred' | 'far';

/** A hint is given from here on, and taken back only from there: between the two it stays. */
interface Judgement {
  readonly hint: FrameHint;
  readonly given: (quality: FrameQuality) => boolean;
  readonly kept: (quality: FrameQuality) => boolean;
}

/** Below this share there is nothing in the picture that could be blurred or far. */
const SOMETHING = 0.03;

/**
 * The most useful one first: more light mends blur, too. Of 560 photos of pets and of other things
 * 99.5 % get no hint; of copies of them at a quarter of the light 100 % are dark, blurred with a sigma
 * of 1 / 48 of the side 99.6 % are blurred, and before a plain wall at a third of the width 100 % are
 * far (test/browser/frame-hints.spec.ts). Before a busy background nothing tells a small subject from
 * the rest, and nothing is said.
 */
const JUDGEMENTS: readonly Judgement[] = [
  {
    hint: 'dark',
    given: ({ brightness }) => brightness < 80,
    kept: ({ brightness }) => brightness < 95,
  },
  {
    hint: 'blurred',
    given: ({ blur, detail }) => blur > 0.57 && detail > SOMETHING,
    kept: ({ blur, detail }) => blur > 0.52 && detail > SOMETHING,
  },
  {
    hint: 'far',
    given: ({ detail }) => detail < 0.18 && detail > SOMETHING,
    kept: ({ detail }) => detail < 0.24 && detail > SOMETHING,
  },
];

/** A hint comes after so long, and goes after so long: what passes by is not worth a word. */
const COMES_MS = 900;
const GOES_MS = 500;

/** What one picture alone would be told. */
export function hintOf(quality: FrameQuality): FrameHint | undefined {
  return JUDGEMENTS.find(({ given }) => given(quality))?.hint;
}

/** Chooses the hint to show while frames come by, so that it does not flicker. */
export class FrameHints {
  #shown: Judgement | undefined;
  /** When the hint that is shown was last true. */
  #trueAt = 0;
  #candidate: Judgement | undefined;
  #since = 0;

  /** @param now milliseconds of a rising clock; gives the hint to show now */
  see(quality: FrameQuality, now: number): FrameHint | undefined {
    if (this.#shown?.kept(quality)) this.#trueAt = now;
    else if (now - this.#trueAt >= GOES_MS) this.#shown = undefined;
    const next = JUDGEMENTS.find((one) => (one === this.#shown ? one.kept : one.given)(quality));
    if (next !== this.#candidate) {
      this.#candidate = next;
      this.#since = now;
    }
    if (next && now - this.#since >= COMES_MS) {
      this.#shown = next;
      this.#trueAt = now;
    }
    return this.#shown?.hint;
  }
}
