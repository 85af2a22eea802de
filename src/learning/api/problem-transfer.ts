import * as Comlink from 'comlink';
import { Problem } from '../../platform/problem.ts';
import type { ProblemData } from '../../records/problem-data.ts';

/** What Comlink passes to its `throw` handler: the value that a call on the other side threw. */
interface Thrown {
  readonly value: unknown;
}

/**
 * Sends every error between page and worker as a `Problem`. Structured clone drops the class and
 * the fields of an error, so the error is sent as `ProblemData`. Importing this module installs the
 * handler; page and worker both import it.
 */
const original = Comlink.transferHandlers.get('throw')!;

const problemTransfer: Comlink.TransferHandler<Thrown, ProblemData> = {
  canHandle: (value): value is Thrown => original.canHandle(value),
  serialize: ({ value }) => {
    if (!(value instanceof Problem)) console.error(value);
    return [Problem.from(value).toData(), []];
  },
  deserialize: (data) => {
    throw Problem.from(data);
  },
};

Comlink.transferHandlers.set('throw', problemTransfer);
