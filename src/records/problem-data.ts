/**
 * A `Problem` as plain data, for messages between worker and page: structured clone does not
 * preserve classes.
 */
export interface ProblemData {
  readonly problem: true;
  readonly kind: string;
  /** Localized text for the user. */
  readonly message: string;
  /** Technical details: the cause. */
  readonly detail?: string;
}
