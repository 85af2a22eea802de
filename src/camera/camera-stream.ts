import {
  constraintsFor,
  facingOf,
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
import { endStream, StreamRequest } from './stream-request.ts';

export type CameraState = 'idle' | 'asking' | 'live' | 'failed';

/** After this long without an answer the page says that the browser has a question open. */
const PROMPT_MS = 25_000;
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
  torch: 'none' | 'off' | 'on' = 'none';
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

  /** Opens the camera, from a tap the first time. Never rejects: `state` tells how it went. */
  async open(facing: Facing = this.facing): Promise<void> {
    this.#wanted = true;
    if (this.state === 'asking' || this.state === 'live') return;
    await this.#open(constraintsFor({ facing }), facing);
  }

  /** Changes to the camera that looks the other way, or to the next one where none says which. */
  async flip(): Promise<void> {
    if (this.state !== 'live') return;
    const cameras = await listCameras();
    const facing: Facing = this.facing === 'environment' ? 'user' : 'environment';
    const current = this.stream?.getVideoTracks()[0]?.getSettings().deviceId;
    const index = cameras.findIndex((camera) => camera.deviceId === current);
    const next = cameras[(index + 1) % cameras.length];
    const sayWhich = cameras.some((camera) => facingOf(camera) === facing);
    this.#release();
    const constraints =
      !sayWhich && next && next.deviceId !== ''
        ? constraintsFor({ deviceId: next.deviceId })
        : constraintsFor({ facing });
    await this.#open(constraints, facing);
  }

  /** Switches the lamp, where the camera has one. */
  async setTorch(on: boolean): Promise<void> {
    const track = this.stream?.getVideoTracks()[0];
    if (!track || this.torch === 'none') return;
    await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
    this.torch = on ? 'on' : 'off';
    this.#changed();
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
    const timer = setTimeout(() => {
      if (attempt === this.#attempt) this.#fail(newCameraProblem('timeout'));
    }, PROMPT_MS);
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

  async #adopt(stream: MediaStream, asked: Facing): Promise<void> {
    const track = stream.getVideoTracks()[0];
    if (!track) return this.#fail(newCameraProblem('none'));
    this.#release();
    this.stream = stream;
    const capabilities = track.getCapabilities?.() as { torch?: boolean } | undefined;
    this.torch = capabilities?.torch ? 'off' : 'none';
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
    this.cameraCount = (await listCameras()).length;
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
    this.torch = 'none';
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
