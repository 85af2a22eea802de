import workerUrl from 'worker-url:../worker/worker.ts';
import { workerName } from '../../i18n/language-in-workers.ts';
import { trustedScriptUrl } from '../../platform/trusted-types.ts';

type OnError = (message: string) => void;

/** A worker that nobody talks to yet, and its errors until then. */
let waiting: { readonly worker: Worker; readonly errors: string[] } | undefined;

/** Starts the learning worker before the code that talks to it is loaded. */
export function startWorkerAhead(): void {
  const errors: string[] = [];
  waiting = { worker: newWorker(), errors };
  listen(waiting.worker, (message) => errors.push(message));
}

/**
 * The worker that was started ahead, else a new one.
 *
 * @param onError called when it fails outside any call
 */
export function takeWorker(onError: OnError): Worker {
  const { worker, errors } = waiting ?? { worker: newWorker(), errors: [] };
  waiting = undefined;
  for (const message of errors) queueMicrotask(() => onError(message));
  listen(worker, onError);
  return worker;
}

function newWorker(): Worker {
  const name = workerName('learning');
  return new Worker(trustedScriptUrl(workerUrl), { type: 'module', name });
}

function listen(worker: Worker, onError: OnError): void {
  worker.addEventListener('error', ({ message }) => {
    onError(message);
  });
}
