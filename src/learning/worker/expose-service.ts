import * as Comlink from 'comlink';
import { startWorkerLanguage } from '../../i18n/language-in-workers.ts';
import '../api/problem-transfer.ts';

/** What a call of a service may be here: the answer, or a promise of it. */
type Implementation<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: Arguments) => Awaited<Result> | Promise<Awaited<Result>>
    : never;
};

/**
 * Answers the page's calls in this worker. Each call waits until the page's language is loaded, so
 * that every message, that of an error included, is in that language.
 */
export function exposeService<Service extends object>(service: Implementation<Service>): void {
  const language = startWorkerLanguage();
  const calls = Object.entries(service) as [string, (...args: unknown[]) => unknown][];
  const exposed = calls.map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      await language;
      return call(...args);
    },
  ]);
  Comlink.expose(Object.fromEntries(exposed));
}

/** Releases the proxy of a page's function: until then, Comlink keeps a message port open for it. */
export function releaseProxy(callback: unknown): void {
  (callback as Partial<Comlink.ProxyMethods>)[Comlink.releaseProxy]?.();
}
