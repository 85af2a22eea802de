import workerUrl from 'worker-url:./thread-worker.ts';
import type { StartThread } from './thread-messages.ts';

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

/** `trustedTypes` of a worker, which TypeScript's types of workers lack. */
const { trustedTypes } = globalThis as {
  trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
  };
};
let policy: ScriptPolicy | undefined;

/** Starts a worker from the app's own address. */
export const startWorker: StartThread = (start) => {
  // The content security policy of the worker allows this name: it has only one address to pass.
  policy ??= trustedTypes?.createPolicy('app', { createScriptURL: () => workerUrl });
  const worker = new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.addEventListener('message', () => {
      resolve();
    });
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(message || 'A thread of the network did not start'));
    });
  });
  worker.postMessage(start);
  return {
    ready,
    end: () => {
      worker.terminate();
    },
  };
};
