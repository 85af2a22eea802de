/** What changed. Listeners read again what they show; a change carries no data of its own. */
const TOPICS = ['photos', 'classes', 'models', 'settings'] as const;
export type Topic = (typeof TOPICS)[number];

const listeners = new Map<Topic, Set<() => void>>();
const channel = new BroadcastChannel('purrceptron-changes');

channel.onmessage = (event: MessageEvent<Topic>) => {
  notify(event.data);
};

/** Tells this context, the worker and every other tab. Called after a transaction's `complete`. */
export function announce(topic: Topic): void {
  notify(topic);
  channel.postMessage(topic);
}

/** Tells this context alone that anything may have changed: the others find out by themselves. */
export function announceAllHere(): void {
  for (const topic of TOPICS) notify(topic);
}

/** Calls `listener` after each change of `topic`, wherever it was made; returns the way to stop. */
export function onChange(topic: Topic, listener: () => void): () => void {
  const set = listeners.get(topic) ?? new Set();
  listeners.set(topic, set.add(listener));
  return () => set.delete(listener);
}

function notify(topic: Topic): void {
  for (const listener of listeners.get(topic) ?? []) listener();
}
