import { msg } from '../i18n/msg.ts';
import type { ProblemData } from '../records/problem-data.ts';

/**
 * An error that a page can show. `kind` is for code to decide on, `message` is a sentence for the
 * person, `cause` is what the platform said.
 */
export class Problem<Kind extends string = string> extends Error {
  // eslint-disable-next-line house/untranslated -- what code and the console call it
  override readonly name = 'Problem';

  constructor(
    readonly kind: Kind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  /** The platform's own words, for the line under the sentence. */
  get detail(): string | undefined {
    if (this.cause === undefined) return undefined;
    if (this.cause instanceof Error) return `${this.cause.name}: ${this.cause.message}`;
    return typeof this.cause === 'string' ? this.cause : JSON.stringify(this.cause);
  }

  toData(): ProblemData {
    const detail = this.detail;
    return { problem: true, kind: this.kind, message: this.message, ...(detail && { detail }) };
  }

  /** Whatever was thrown, here or across a worker boundary, as a Problem. */
  static from(thrown: unknown, fallback = msg('Something went wrong.')): Problem {
    if (thrown instanceof Problem) return thrown as Problem;
    if (isProblemData(thrown)) {
      return new Problem(
        thrown.kind,
        thrown.message,
        thrown.detail === undefined ? {} : { cause: thrown.detail },
      );
    }
    return new Problem('unexpected', fallback, { cause: thrown });
  }
}

function isProblemData(value: unknown): value is ProblemData {
  return (
    typeof value === 'object' && value !== null && (value as { problem?: unknown }).problem === true
  );
}
