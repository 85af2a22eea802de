import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { withMeasured } from './throughput.ts';
import type { Pace } from '../../records/throughput.ts';

/** Bases, sizes and backends that a device's pace is remembered of. */
const REMEMBERED = 8;

/** The pace of this device with the base, input size and backend of an engine, kept for the next visit. */
export class DevicePace {
  /** Seconds of a picture's forward pass, as the self-test took it. */
  readonly forward: number;
  #pace: Pace;
  readonly #key: string;
  #changed = false;

  private constructor(key: string, forward: number, pace: Pace) {
    this.#key = key;
    this.forward = forward;
    this.#pace = pace;
  }

  /** @param space of the base's features, which names base, size and weights */
  static async load(space: string, backend: string, forward: number): Promise<DevicePace> {
    const key = `${backend} ${space}`;
    const paces = await getSetting('paces');
    return new DevicePace(key, forward, paces?.[key] ?? {});
  }

  get pace(): Pace {
    return this.#pace;
  }

  note(measured: Pace): void {
    this.#pace = withMeasured(this.#pace, measured);
    this.#changed = true;
  }

  /** What the epochs of a head took: the median, since the first ones compile. */
  noteHead(epochs: readonly EpochTiming[]): void {
    if (epochs.length === 0) return;
    this.note({
      lesson: median(epochs.map(({ lessons, learning }) => learning / lessons)),
      headEpoch: median(epochs.map(({ whole, learning }) => whole - learning)),
    });
  }

  /** Keeps what was noted. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const others = Object.entries((await getSetting('paces')) ?? {}).filter(
      ([key]) => key !== this.#key,
    );
    const newest = Object.fromEntries(others.slice(-(REMEMBERED - 1)));
    await saveSettings({ paces: { ...newest, [this.#key]: this.#pace } });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
