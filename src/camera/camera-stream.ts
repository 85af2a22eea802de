import { constraintsForSide, nextCamera } from './camera-choice.ts';
import {
  cameraPermission,
  constraintsFor,
  facingOfTrack,
  listCameras,
  type Facing,
} from './camera-devices.ts';
import {
  cameraProblem,
  missingCameraApi,
  newCameraProblem,
  type CameraProblem,
} from './camera-problem.ts';
import { lensesOf, type Lens } from './lenses.ts';
import { rememberLens } from './remembered-lens.ts';
import { endStream, StreamRequest } from './stream-request.ts';
import { controlsOf, type TrackControls } from './track-controls.ts';

export type CameraState = 'idle' | 'asking' | 'live' | 'failed';

/** After this long without an answer the page says what it is waiting for, and waits on. */
const PROMPT_MS = 8_000;
/** Chromium learns what a camera can do a while after it has opened it: asked again then. */
const LATE_CAPABILITIES_MS = [300, 1_000, 3_000];
/** From one camera page to the next the stream lives on for so long. */
const LINGER_MS = 800;

/**
 * Owns the one camera stream of the app. Phones give a camera to one stream at a time, and iOS
 * asks again for each `getUserMedia`: so there is one request at a time, one stream, and one place
 * that ends it, when the page is hidden or when nobody holds it any more.
 *
 * A `change` event says that any of its properties has changed.
 */
export class CameraStream extends EventTarget {
  state: CameraState = 'idle';
  /** Why it failed, while `state` is `failed`. */
  problem: CameraProblem | undefined;
  /** Which way the live camera looks. */
  facing: Facing = 'environment';
  /** Cameras that one can flip between; known once the camera was allowed. */
  cameraCount = 0;
  /** Those that look the way the live one does, itself among them. */
  lenses: readonly Lens[] = [];
  /** Lamp, zoom and focus of the live camera. */
  controls: TrackControls | undefined;
  /** The live stream, for a video element. */
  stream: MediaStream | undefined;

  readonly #request = new StreamRequest();
  /** Somebody asked for the camera and did not stop it: it returns after the page was hidden. */
  #wanted = false;
  #holds = 0;
  /** Counts attempts to open: only the newest may change the state. */
  #attempt = 0;

  constructor() {
    super();
    document.addEventListener('visibilitychange', this.#onVisibility);
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#onDevices());
  }

  /** A front camera's preview is a mirror; what is stored is not mirrored. */
  get mirrored(): boolean {
    return this.facing === 'user';
  }

  /** The live camera's lens, where the browser tells. */
  get lensId(): string | undefined {
    return this.#track?.getSettings().deviceId;
  }

  /** Whether the live camera has said that it gives no frames for now. */
  get muted(): boolean {
    return this.#track?.muted ?? false;
  }

  get #track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }

  /** Opens the camera, from a tap the first time. Never rejects: `state` tells how it went. */
  async open(facing: Facing = this.facing): Promise<void> {
    this.#wanted = true;
    if (this.state === 'asking' || this.state === 'live') return;
    await this.#open(constraintsForSide(facing), facing);
  }

  /** Ends a stream that shows nothing, and opens the same camera again. */
  async restart(): Promise<void> {
    this.#release();
    this.#set('idle');
    await this.open();
  }

  /** Changes to another lens of the same side, for the rest of the session. */
  async useLens(deviceId: string): Promise<void> {
    if (this.state !== 'live' || deviceId === this.lensId) return;
    rememberLens(this.facing, deviceId);
    this.#release();
    await this.#open(constraintsFor({ deviceId }), this.facing);
  }

  /** Changes to the camera that looks the other way, or to the next one where none says which. */
  async flip(): Promise<void> {
    if (this.state !== 'live') return;
    const facing: Facing = this.facing === 'environment' ? 'user' : 'environment';
    const next = nextCamera(await listCameras(), facing, this.lensId);
    // Stopped, or flipped by a second tap, while the cameras were listed.
    if (this.state !== 'live') return;
    this.#release();
    await this.#open(
      next ? constraintsFor({ deviceId: next }) : constraintsForSide(facing),
      facing,
    );
    if (next && this.state === 'live') rememberLens(this.facing, next);
  }

  /** Ends the stream. */
  stop(): void {
    this.#wanted = false;
    this.#attempt++;
    this.#release();
    this.#set('idle');
  }

  /**
   * Says that a page shows the camera, until the returned function is called. Soon after the last
   * page has let go, the stream ends.
   */
  hold(): () => void {
    let held = true;
    this.#holds++;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      setTimeout(() => {
        if (this.#holds === 0 && this.#wanted) this.stop();
      }, LINGER_MS);
    };
  }

  async #open(constraints: MediaStreamConstraints, facing: Facing): Promise<void> {
    const hasApi = navigator.mediaDevices?.getUserMedia !== undefined;
    const missing = missingCameraApi(hasApi, window.isSecureContext);
    if (missing) return this.#fail(missing);
    const attempt = ++this.#attempt;
    this.#set('asking');
    const timer = setTimeout(() => void this.#sayWaiting(attempt), PROMPT_MS);
    try {
      const stream = await this.#request.ask(constraints, facing);
      // A newer attempt waits for the same answer, and takes it.
      if (this.#wanted && attempt !== this.#attempt) return;
      if (!this.#wanted || document.hidden) {
        endStream(stream);
        this.#set('idle');
      } else {
        await this.#adopt(stream, facing);
      }
    } catch (thrown) {
      if (attempt === this.#attempt) this.#fail(cameraProblem(thrown));
    } finally {
      clearTimeout(timer);
    }
  }

  /** The answer still counts when it comes. */
  async #sayWaiting(attempt: number): Promise<void> {
    const allowed = (await cameraPermission()) === 'granted';
    if (attempt !== this.#attempt || this.state !== 'asking') return;
    this.#fail(newCameraProblem(allowed ? 'slow' : 'timeout'));
  }

  async #adopt(stream: MediaStream, asked: Facing): Promise<void> {
    const track = stream.getVideoTracks()[0];
    if (!track) return this.#fail(newCameraProblem('none'));
    this.#release();
    this.stream = stream;
    const controls = controlsOf(track, () => this.#changed());
    this.controls = controls;
    for (const delay of LATE_CAPABILITIES_MS) setTimeout(() => controls.refresh(), delay);
    track.addEventListener('ended', () => {
      if (stream !== this.stream) return;
      this.#release();
      this.#fail(newCameraProblem('ended'));
    });
    this.facing = await facingOfTrack(track, asked);
    if (stream !== this.stream) return;
    this.#set('live');
    await this.#countCameras();
  }

  async #countCameras(): Promise<void> {
    const cameras = await listCameras();
    this.cameraCount = cameras.length;
    this.lenses = lensesOf(cameras, this.facing);
    this.#changed();
  }

  /** A camera that is plugged in, or known late, ends the search for one. */
  async #onDevices(): Promise<void> {
    await this.#countCameras();
    if (this.#wanted && this.problem?.kind === 'none' && this.cameraCount > 0) await this.open();
  }

  readonly #onVisibility = () => {
    if (!document.hidden) {
      if (this.#wanted && this.state === 'idle') void this.open();
    } else if (this.stream) {
      // Other apps may need it now, and nobody likes a camera light that nobody looks at.
      this.#attempt++;
      this.#release();
      this.#set('idle');
    }
  };

  #release(): void {
    if (this.stream) endStream(this.stream);
    this.stream = undefined;
    this.controls?.release();
    this.controls = undefined;
    this.lenses = [];
  }

  #fail(problem: CameraProblem): void {
    this.problem = problem;
    this.#set('failed');
  }

  #set(state: CameraState): void {
    this.state = state;
    if (state !== 'failed') this.problem = undefined;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** The app's one camera. */
export const camera = new CameraStream();
