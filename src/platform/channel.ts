/**
 * The channel of that name to all contexts of the app. Where site data is blocked, some browsers
 * give none: then it is one that nobody else hears.
 */
export function openChannel(name: string): BroadcastChannel | MessagePort {
  try {
    return new BroadcastChannel(name);
  } catch {
    return new MessageChannel().port1;
  }
}
