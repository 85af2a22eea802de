import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { withMeasured } from './throughput.ts';
import type { Throughput } from '../../records/throughput.ts';

/** Bases, sizes and backends that a device's pace is remembered of. */
const REMEMBERED = 8;

/** The pace of this device with the base, input size and backend of an engine, kept for the next visit. */
export class DeviceThroughput {
  /** Seconds of a picture's forward pass, as the self-test took it. */
  readonly forward: number;
  #throughput: Throughput;
  readonly #key: string;
  #changed = false;

  private constructor(key: string, forward: number, pace: Throughput) {
    this.#key = key;
    this.forward = forward;
    this.#throughput = pace;
  }

  /** @param space of the base's features, which names base, size and weights */
  static async load(space: string, backend: string, forward: number): Promise<DeviceThroughput> {
    const key = `${backend} ${space}`;
    const paces = await getSetting('throughputs');
    return new DeviceThroughput(key, forward, paces?.[key] ?? {});
  }

  get throughput(): Throughput {
    return this.#throughput;
  }

  record(measured: Throughput): void {
    this.#throughput = withMeasured(this.#throughput, measured);
    this.#changed = true;
  }

  /** What the epochs of a head took: the median, since the first ones compile. */
  recordHead(epochs: readonly EpochTiming[]): void {
    if (epochs.length === 0) return;
    this.record({
      example: median(epochs.map(({ examples, trainSeconds }) => trainSeconds / examples)),
      headEpoch: median(
        epochs.map(({ totalSeconds, trainSeconds }) => totalSeconds - trainSeconds),
      ),
    });
  }

  /** Keeps what was noted. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const others = Object.entries((await getSetting('throughputs')) ?? {}).filter(
      ([key]) => key !== this.#key,
    );
    const newest = Object.fromEntries(others.slice(-(REMEMBERED - 1)));
    await saveSettings({ throughputs: { ...newest, [this.#key]: this.#throughput } });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
