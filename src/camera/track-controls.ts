/** A range as Image Capture states it; `step` may be missing in Safari. */
interface SettingsRange {
  readonly min: number;
  readonly max: number;
  readonly step?: number;
}

/** What TypeScript's DOM lacks of https://w3c.github.io/mediacapture-image/. */
interface ControlSettings {
  torch?: boolean;
  zoom?: number;
  focusMode?: string;
  pointsOfInterest?: { x: number; y: number }[];
}

/** The part of a MediaStreamTrack that its controls use, so that a test can be a phone's camera. */
export interface ControllableTrack {
  getCapabilities?(): object;
  getSettings(): object;
  applyConstraints(constraints: { advanced: object[] }): Promise<void>;
}

/** How far a camera zooms, in times: 1 is the whole picture of the lens. */
export interface Zoom {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly level: number;
}

/** From a tap to the camera looking for its focus by itself again. */
const FOCUS_MS = 4_000;
/** Some cameras count zoom in per cent. */
const PER_CENT_FROM = 50;

/**
 * Lamp, zoom and focus of one camera, each only where the camera has it. What is set stands in one
 * constraint set: a later `applyConstraints` replaces an earlier one, and Chromium reads the first
 * set alone.
 */
export class TrackControls {
  readonly #track: ControllableTrack;
  readonly #hasPoints: boolean;
  readonly #onChange: () => void;
  #capabilities: { torch?: boolean; zoom?: SettingsRange; focusMode?: string[] } = {};
  /** What was asked for, and what the camera was last known to do. */
  #wanted: ControlSettings = {};
  #applied: ControlSettings = {};
  #turn = 0;
  #last: Promise<void> = Promise.resolve();
  #focusTimer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param hasPoints whether the browser knows `pointsOfInterest`, which no capability says
   * @param onChange told when any of the properties has changed
   */
  constructor(track: ControllableTrack, hasPoints: boolean, onChange: () => void) {
    this.#track = track;
    this.#hasPoints = hasPoints;
    this.#onChange = onChange;
    this.#read();
  }

  /** The lamp. */
  get torch(): 'none' | 'off' | 'on' {
    if (!this.#capabilities.torch) return 'none';
    return this.#applied.torch ? 'on' : 'off';
  }

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

  /** Whether a point of the picture can be brought into focus. */
  get focuses(): boolean {
    return this.#hasPoints && (this.#capabilities.focusMode ?? []).includes('single-shot');
  }

  /** Asks the camera again what it can do: Chromium knows only a while after it has opened. */
  refresh(): void {
    const before = JSON.stringify(this.#capabilities);
    this.#read();
    if (JSON.stringify(this.#capabilities) !== before) this.#onChange();
  }

  /** @throws DOMException when the camera refuses; then the lamp is as it was */
  async setTorch(on: boolean): Promise<void> {
    if (this.torch !== 'none') await this.#apply({ torch: on });
  }

  /**
   * @param level in times; taken to the nearest that there is
   * @throws DOMException when the camera refuses; then the zoom is as it was
   */
  async zoomTo(level: number): Promise<void> {
    const range = this.#capabilities.zoom;
    if (!this.zoom || !range || !Number.isFinite(level)) return;
    const zoom = Math.min(range.max, Math.max(range.min, level * unitOf(range)));
    if (zoom !== this.#wanted.zoom) await this.#apply({ zoom });
  }

  /**
   * Focuses on a point of the picture; a few seconds later the camera focuses by itself again.
   *
   * @param x from the frame's left edge, 0, to its right one, 1
   * @param y from the frame's top edge, 0, to its bottom one, 1
   * @throws DOMException when the camera refuses
   */
  async focusAt(x: number, y: number): Promise<void> {
    if (!this.focuses) return;
    clearTimeout(this.#focusTimer);
    await this.#apply({}, { focusMode: 'single-shot', pointsOfInterest: [{ x, y }] });
    if (!this.#capabilities.focusMode?.includes('continuous')) return;
    this.#focusTimer = setTimeout(() => {
      // A camera that has ended meanwhile has nothing to focus.
      void this.#apply({}, { focusMode: 'continuous' }).catch(() => undefined);
    }, FOCUS_MS);
  }

  /** Lets go of a camera that has ended. */
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
   * One call at a time, and of those that wait only the newest, as it says all that is wanted: a
   * pinch asks more often than a camera answers.
   *
   * @param once said with this call and not with later ones
   */
  #apply(change: ControlSettings, once: ControlSettings = {}): Promise<void> {
    this.#wanted = { ...this.#wanted, ...change };
    const turn = ++this.#turn;
    const run = async (): Promise<void> => {
      if (turn !== this.#turn) return;
      const settings = this.#wanted;
      try {
        await this.#track.applyConstraints({ advanced: [{ ...settings, ...once }] });
        this.#applied = { ...settings };
      } catch (thrown) {
        if (turn === this.#turn) this.#wanted = { ...this.#applied };
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

/** The controls of a real camera; `onChange` as above. */
export function controlsOf(track: MediaStreamTrack, onChange: () => void): TrackControls {
  const known = navigator.mediaDevices.getSupportedConstraints() as { pointsOfInterest?: boolean };
  return new TrackControls(track, known.pointsOfInterest === true, onChange);
}
