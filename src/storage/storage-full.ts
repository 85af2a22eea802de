import type { StorageProblemKind } from './storage-problem.ts';

/** Why nothing more can be stored. */
export type FullKind = Extract<StorageProblemKind, 'quota' | 'disk'>;

type Listener = (full: FullKind) => void;

const listeners = new Set<Listener>();
/** A worker's writes fail too, and it is the page that says so. */
const channel = new BroadcastChannel('purrceptron-room');

channel.onmessage = (event: MessageEvent<FullKind>) => {
  notify(event.data);
};

/** Tells this context, the worker and every other tab that there was no room for something. */
export function reportFull(full: FullKind): void {
  notify(full);
  channel.postMessage(full);
}

/** Calls `listener` each time that something could not be stored for want of room. */
export function onFull(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(full: FullKind): void {
  for (const listener of listeners) listener(full);
}
