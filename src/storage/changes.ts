import { openChannel } from '../platform/channel.ts';
import { notifyAll } from './notify-all.ts';

/** What can change. A change carries no data: listeners read the database again. */
const TOPICS = ['photos', 'classes', 'models', 'settings'] as const;
export type Topic = (typeof TOPICS)[number];

const listeners = new Map<Topic, Set<() => void>>();
const channel = openChannel('purrceptron-changes');

channel.onmessage = (event: MessageEvent<Topic>) => {
  notify(event.data);
};

/**
 * Notifies this context, the workers and every other tab of a change. Call it after the `complete`
 * event of the transaction.
 */
export function announce(topic: Topic): void {
  notify(topic);
  channel.postMessage(topic);
}

/**
 * Notifies only this context that anything may have changed; the other contexts notice by
 * themselves.
 */
export function announceAllHere(): void {
  for (const topic of TOPICS) notify(topic);
}

/**
 * Calls `listener` after each change of `topic`, in whichever context it was made.
 *
 * @returns a function that removes the listener
 */
export function onChange(topic: Topic, listener: () => void): () => void {
  const set = listeners.get(topic) ?? new Set();
  listeners.set(topic, set.add(listener));
  return () => set.delete(listener);
}

function notify(topic: Topic): void {
  notifyAll(listeners.get(topic) ?? [], undefined);
}
