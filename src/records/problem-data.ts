/** What crosses from the worker to the page in place of a `Problem`: structured clone drops classes. */
export interface ProblemData {
  readonly problem: true;
  readonly kind: string;
  readonly message: string;
  readonly detail?: string;
}
