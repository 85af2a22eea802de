import { openChannel } from '../platform/channel.ts';
import { notifyAll } from './notify-all.ts';
import type { StorageProblemKind } from './storage-problem.ts';

/** What is full: the quota of the app, or the disk. */
export type FullKind = Extract<StorageProblemKind, 'quota' | 'disk'>;

type Listener = (full: FullKind) => void;

const listeners = new Set<Listener>();
/** Writes of a worker fail too, but only a page can show it. Null: there is space again. */
const channel = openChannel('purrceptron-room');
/** What was reported last; undefined since a probe found free space. */
let known: FullKind | undefined;

channel.onmessage = ({ data }: MessageEvent<FullKind | null>) => {
  if (data) notify(data);
  else known = undefined;
};

/** Notifies this context, the workers and every other tab that a write failed for lack of space. */
export function reportFull(full: FullKind): void {
  notify(full);
  channel.postMessage(full);
}

/** Tells this context, the workers and every other tab that there is free space again. */
export function reportFree(): void {
  known = undefined;
  channel.postMessage(null);
}

/** What is full; undefined as long as nothing else is known. */
export function knownFull(): FullKind | undefined {
  return known;
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
  known = full;
  notifyAll(listeners, full);
}
