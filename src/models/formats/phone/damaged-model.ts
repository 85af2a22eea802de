import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';

/** The problem of a model file that changed on its way. */
export function damaged(cause?: unknown): Problem {
  return new Problem(
    'model-file',
    msg('This model arrived damaged. Let the other phone send it again.'),
    { cause },
  );
}
