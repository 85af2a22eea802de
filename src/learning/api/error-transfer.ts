import * as Comlink from 'comlink';
import { startWorkerLanguage } from '../../i18n/language-in-workers.ts';
import { Problem } from '../../platform/problem.ts';

const language = startWorkerLanguage();

/** Structured clone drops the class and the fields of an error, so a Problem crosses as data. */
export function crossing<Arguments extends unknown[], Result>(
  call: (...args: Arguments) => Result | Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    await language;
    try {
      return await call(...args);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) console.error(thrown);
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw Problem.from(thrown).toData();
    }
  };
}

/** Comlink's proxy of a page's function holds a message port until it is let go. */
export function releaseProxy(callback: unknown): void {
  (callback as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
}
