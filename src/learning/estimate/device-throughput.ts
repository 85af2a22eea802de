import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { EpochTiming } from '../optim/epoch-loop.ts';
import { withMeasured } from './throughput.ts';
import type { Throughput } from '../../records/throughput.ts';

/** Largest number of combinations of base, input size and backend with a stored throughput. */
const MAX_STORED = 8;

/** The throughput of this device with one base, input size and backend; stored in the settings. */
export class DeviceThroughput {
  /** Duration of one picture's forward pass in the self-test, in seconds. */
  readonly forward: number;
  #throughput: Throughput;
  readonly #key: string;
  #changed = false;

  private constructor(key: string, forward: number, throughput: Throughput) {
    this.#key = key;
    this.forward = forward;
    this.#throughput = throughput;
  }

  /**
   * Loads the stored throughput.
   *
   * @param featureSpaceId identifies base, input size and weights
   * @param forward duration of one picture's forward pass in the self-test, in seconds
   */
  static async load(
    featureSpaceId: string,
    backend: string,
    forward: number,
  ): Promise<DeviceThroughput> {
    const key = `${backend} ${featureSpaceId}`;
    const stored = await getSetting('throughputs');
    return new DeviceThroughput(key, forward, stored?.[key] ?? {});
  }

  get throughput(): Throughput {
    return this.#throughput;
  }

  /** Adds new measurements; `save` stores them. */
  record(measured: Throughput): void {
    this.#throughput = withMeasured(this.#throughput, measured);
    this.#changed = true;
  }

  /**
   * Records the median times of a head's epochs; the first epochs are slower, since they compile.
   */
  recordHead(epochs: readonly EpochTiming[]): void {
    if (epochs.length === 0) return;
    this.record({
      example: median(epochs.map(({ examples, trainSeconds }) => trainSeconds / examples)),
      headEpoch: median(
        epochs.map(({ totalSeconds, trainSeconds }) => totalSeconds - trainSeconds),
      ),
    });
  }

  /** Stores the recorded measurements, if there are new ones. */
  async save(): Promise<void> {
    if (!this.#changed) return;
    this.#changed = false;
    const others = Object.entries((await getSetting('throughputs')) ?? {}).filter(
      ([key]) => key !== this.#key,
    );
    const newest = Object.fromEntries(others.slice(-(MAX_STORED - 1)));
    await saveSettings({ throughputs: { ...newest, [this.#key]: this.#throughput } });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
