import { openChannel } from '../platform/channel.ts';
import type { StorageProblemKind } from './storage-problem.ts';

/** What is full: the quota of the app, or the disk. */
export type FullKind = Extract<StorageProblemKind, 'quota' | 'disk'>;

type Listener = (full: FullKind) => void;

const listeners = new Set<Listener>();
/** Writes of a worker fail too, but only a page can show it. */
const channel = openChannel('purrceptron-room');

channel.onmessage = (event: MessageEvent<FullKind>) => {
  notify(event.data);
};

/** Notifies this context, the workers and every other tab that a write failed for lack of space. */
export function reportFull(full: FullKind): void {
  notify(full);
  channel.postMessage(full);
}

/**
 * Calls `listener` each time a write fails for lack of space.
 *
 * @returns a function that removes the listener
 */
export function onFull(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify(full: FullKind): void {
  for (const listener of listeners) listener(full);
}
