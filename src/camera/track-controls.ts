/** A MediaSettingsRange of Image Capture; `step` may be missing in Safari. */
interface SettingsRange {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/** Settings of https://w3c.github.io/mediacapture-image/ that the DOM types lack. */
interface ControlSettings {
  torch?: boolean;
  zoom?: number;
  focusMode?: string;
  pointsOfInterest?: { x: number; y: number }[];
}

/** The part of a MediaStreamTrack that the controls use, so that tests can replace it. */
export interface ControllableTrack {
  getCapabilities?(): object;
  getSettings(): object;
  applyConstraints(constraints: { advanced: object[] }): Promise<void>;
}

/** The zoom range and the current level, as factors: 1 is the whole picture of the lens. */
export interface Zoom {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly level: number;
}

/** Time from a tap until continuous focus is restored. */
const FOCUS_MS = 4_000;
/** Some cameras give zoom in per cent; their minimum is at least this value. */
const PER_CENT_FROM = 50;

/**
 * Torch, zoom and focus of one camera, as far as the camera supports them. All settings are in one
 * constraint set, because a later `applyConstraints` replaces an earlier one, and Chromium reads
 * only the first set.
 */
export class TrackControls {
  readonly #track: ControllableTrack;
  readonly #hasPoints: boolean;
  readonly #onChange: () => void;
  #capabilities: { torch?: boolean; zoom?: SettingsRange; focusMode?: string[] } = {};
  /** The requested settings. */
  #wanted: ControlSettings = {};
  /** The settings that the camera accepted last. */
  #applied: ControlSettings = {};
  /** Number of the latest request. */
  #request = 0;
  #last: Promise<void> = Promise.resolve();
  #focusTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param hasPoints whether the browser supports `pointsOfInterest`, which no capability reports
   * @param onChange called when a property has changed
   */
  constructor(track: ControllableTrack, hasPoints: boolean, onChange: () => void) {
    this.#track = track;
    this.#hasPoints = hasPoints;
    this.#onChange = onChange;
    this.#read();
  }

  /** The torch; `none` if the camera has none. */
  get torch(): 'none' | 'off' | 'on' {
    if (!this.#capabilities.torch) return 'none';
    return this.#applied.torch ? 'on' : 'off';
  }

  /** The zoom; undefined if the camera has none. */
  get zoom(): Zoom | undefined {
    const { zoom } = this.#capabilities;
    if (!zoom || !(zoom.max > zoom.min)) return undefined;
    const unit = unitOf(zoom);
    const step = zoom.step ?? 0;
    return {
      min: zoom.min / unit,
      max: zoom.max / unit,
      step: step > 0 ? step / unit : (zoom.max - zoom.min) / unit / 100,
      level: (this.#wanted.zoom ?? this.#settings().zoom ?? zoom.min) / unit,
    };
  }

  /** Whether the camera can focus on a point of the picture. */
  get focuses(): boolean {
    return this.#hasPoints && (this.#capabilities.focusMode ?? []).includes('single-shot');
  }

  /**
   * Reads the capabilities again: Chromium knows them only some time after the camera was opened.
   */
  refresh(): void {
    const before = JSON.stringify(this.#capabilities);
    this.#read();
    if (JSON.stringify(this.#capabilities) !== before) this.#onChange();
  }

  /** Switches the torch. @throws DOMException if the camera refuses; then nothing changes */
  async setTorch(on: boolean): Promise<void> {
    if (this.torch !== 'none') await this.#apply({ torch: on });
  }

  /**
   * Zooms.
   *
   * @param level a factor, which is clamped to the range of the camera
   * @throws DOMException if the camera refuses; then nothing changes
   */
  async zoomTo(level: number): Promise<void> {
    const range = this.#capabilities.zoom;
    if (!this.zoom || !range || !Number.isFinite(level)) return;
    const zoom = Math.min(range.max, Math.max(range.min, level * unitOf(range)));
    if (zoom !== this.#wanted.zoom) await this.#apply({ zoom });
  }

  /**
   * Focuses on a point of the picture; after FOCUS_MS the focus is continuous again.
   *
   * @param x 0 (left edge of the frame) to 1 (right edge)
   * @param y 0 (top edge of the frame) to 1 (bottom edge)
   * @throws DOMException if the camera refuses
   */
  async focusAt(x: number, y: number): Promise<void> {
    if (!this.focuses) return;
    clearTimeout(this.#focusTimer);
    await this.#apply({}, { focusMode: 'single-shot', pointsOfInterest: [{ x, y }] });
    if (!this.#capabilities.focusMode?.includes('continuous')) return;
    this.#focusTimer = setTimeout(() => {
      // It rejects if the track has ended.
      void this.#apply({}, { focusMode: 'continuous' }).catch(() => undefined);
    }, FOCUS_MS);
  }

  /** Call it when the track has ended. */
  release(): void {
    clearTimeout(this.#focusTimer);
  }

  #read(): void {
    this.#capabilities = this.#track.getCapabilities?.() ?? {};
  }

  #settings(): ControlSettings {
    return this.#track.getSettings();
  }

  /**
   * Calls `applyConstraints`, one call at a time. Of the pending requests only the latest is
   * applied, because it contains all settings: a pinch requests more often than a camera answers.
   *
   * @param once settings for this call only
   */
  #apply(change: ControlSettings, once: ControlSettings = {}): Promise<void> {
    this.#wanted = { ...this.#wanted, ...change };
    const request = ++this.#request;
    const run = async (): Promise<void> => {
      if (request !== this.#request) return;
      const settings = this.#wanted;
      try {
        await this.#track.applyConstraints({ advanced: [{ ...settings, ...once }] });
        this.#applied = { ...settings };
      } catch (thrown) {
        if (request === this.#request) this.#wanted = { ...this.#applied };
        throw thrown;
      } finally {
        this.#onChange();
      }
    };
    const result = this.#last.then(run);
    this.#last = result.catch(() => undefined);
    this.#onChange();
    return result;
  }
}

function unitOf({ min }: SettingsRange): number {
  return min >= PER_CENT_FROM ? 100 : 1;
}

/** The controls of a real camera. @param onChange called when a property has changed */
export function controlsOf(track: MediaStreamTrack, onChange: () => void): TrackControls {
  const known = navigator.mediaDevices.getSupportedConstraints() as { pointsOfInterest?: boolean };
  return new TrackControls(track, known.pointsOfInterest === true, onChange);
}
