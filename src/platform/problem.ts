import { msg } from '../i18n/msg.ts';
import type { ProblemData } from '../records/problem-data.ts';
import { withheldBecauseOf } from './withheld.ts';

/**
 * An error that a page can show to the user. Code decides by `kind`, `message` is a localized
 * sentence, and `cause` is the error of the platform.
 */
export class Problem<Kind extends string = string> extends Error {
  // eslint-disable-next-line house/untranslated -- only code and the console show this name
  override readonly name = 'Problem';

  constructor(
    readonly kind: Kind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** The untranslated text of the cause, which pages show below the message. */
  get detail(): string | undefined {
    if (this.cause === undefined) return undefined;
    if (this.cause instanceof Error) return `${this.cause.name}: ${this.cause.message}`;
    return typeof this.cause === 'string' ? this.cause : JSON.stringify(this.cause);
  }

  /** A plain object that can be cloned to another thread. */
  toData(): ProblemData {
    const detail = this.detail;
    return { problem: true, kind: this.kind, message: this.message, ...(detail && { detail }) };
  }

  /**
   * Converts whatever was thrown, in this thread or in a worker, to a Problem.
   *
   * @param fallback message for an error that is not a Problem; such a Problem has kind
   *   `unexpected`, unless the browser withholds what the app needs: see `withheldBecauseOf`
   */
  static from(thrown: unknown, fallback = msg('Something went wrong.')): Problem {
    if (thrown instanceof Problem) return thrown as Problem;
    if (isProblemData(thrown)) {
      return new Problem(
        thrown.kind,
        thrown.message,
        thrown.detail === undefined ? {} : { cause: thrown.detail },
      );
    }
    const withheld = withheldBecauseOf(thrown);
    // The sentence says it all: the raw error would only look like a defect of the app.
    if (withheld) return new Problem(withheld.kind, withheld.message);
    return new Problem('unexpected', fallback, { cause: thrown });
  }
}

function isProblemData(value: unknown): value is ProblemData {
  return (
    typeof value === 'object' && value !== null && (value as { problem?: unknown }).problem === true
  );
}
