import * as Comlink from 'comlink';
import { startWorkerLanguage } from '../../i18n/language-in-workers.ts';
import '../api/problem-transfer.ts';

/** The methods of a service as a worker implements them: each may return a value or a promise. */
type Implementation<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Awaited<Result> | Promise<Awaited<Result>>
    : never;
};

/**
 * Answers the page's calls in this worker. Each call waits until the page's language is loaded, so
 * that every message, including those of errors, is in that language.
 */
export function exposeService<Service extends object>(service: Implementation<Service>): void {
  const language = startWorkerLanguage();
  const calls = Object.entries(service as Record<string, (...args: unknown[]) => unknown>);
  const exposed = calls.map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      await language;
      return call(...args);
    },
  ]);
  Comlink.expose(Object.fromEntries(exposed));
}

/**
 * Releases the proxy of a page's function, and with it the message port that Comlink holds open.
 */
export function releaseProxy(callback: unknown): void {
  (callback as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
}
