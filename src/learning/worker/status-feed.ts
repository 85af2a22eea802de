import type { EngineStatus } from '../../records/engine.ts';

/** New values of some fields; a field set to undefined is removed from the status. */
type StatusChange = { readonly [Key in keyof EngineStatus]?: EngineStatus[Key] | undefined };

/** The engine's status, and the observers that are notified of each change. */
export class StatusFeed {
  readonly #observers: ((status: EngineStatus) => void)[] = [];
  #current: EngineStatus = {
    phase: 'starting',
    progress: 0,
    pendingPhotos: 0,
    unreadablePhotos: [],
  };

  get current(): EngineStatus {
    return this.#current;
  }

  /** Calls `onStatus` now and after each change. */
  observe(onStatus: (status: EngineStatus) => void): void {
    this.#observers.push(onStatus);
    onStatus(this.#current);
  }

  update(change: StatusChange): void {
    const status = { ...this.#current, ...change };
    const present = Object.entries(status).filter(([, value]) => value !== undefined);
    this.#current = Object.fromEntries(present) as unknown as EngineStatus;
    for (const observer of this.#observers) observer(this.#current);
  }
}
