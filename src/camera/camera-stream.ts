import { constraintsForSide, nextCamera } from './camera-choice.ts';
import {
  cameraPermission,
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
import type { Lens } from './lenses.ts';
import { rememberLens } from './remembered-lens.ts';
import { endStream, StreamRequest } from './stream-request.ts';
import { controlsOf, type TrackControls } from './track-controls.ts';

export type CameraState = 'idle' | 'asking' | 'live' | 'failed';

/** After this time without an answer, the page tells what it is waiting for, and keeps waiting. */
const PROMPT_MS = 8_000;
/** Chromium knows the capabilities of a camera only some time after it was opened. */
const LATE_CAPABILITIES_MS = [300, 1_000, 3_000];
const SIDES: readonly Facing[] = ['environment', 'user'];
/** The stream continues for this time without a holder, for the change from one page to another. */
const LINGER_MS = 800;

/**
 * Owns the only camera stream of the app. A phone gives a camera to one stream at a time, and iOS
 * asks for permission at each `getUserMedia`. So there is one request at a time and one stream,
 * which ends when the page is hidden or nobody holds it any more.
 *
 * A `change` event is fired when a property changes.
 */
export class CameraStream extends EventTarget {
  state: CameraState = 'idle';
  /** Why it failed, while `state` is `failed`. */
  problem: CameraProblem | undefined;
  /** The side that the live camera faces. */
  facing: Facing = 'environment';
  /** Number of cameras; known only after permission was granted. */
  cameraCount = 0;
  /** The cameras that face the same side as the live one, including it. */
  lenses: readonly Lens[] = [];
  /** Torch, zoom and focus of the live camera. */
  controls: TrackControls | undefined;
  /** The live stream, for a video element. */
  stream: MediaStream | undefined;

  readonly #request = new StreamRequest();
  /** The sides that live tracks said they face, by device id. */
  readonly #sides = new Map<string, Facing>();
  /** True from `open` to `stop`: the camera is reopened after the page was hidden. */
  #wanted = false;
  /** Number of holders. */
  #holds = 0;
  /** Number of attempts to open the camera; only the latest may change the state. */
  #attempt = 0;

  constructor() {
    super();
    document.addEventListener('visibilitychange', this.#onVisibility);
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#onDevices());
  }

  /** Whether the preview is mirrored, as for a front camera; photos are never mirrored. */
  get mirrored(): boolean {
    return this.facing === 'user';
  }

  /** The device id of the live camera, if the browser reports it. */
  get lensId(): string | undefined {
    return this.#track?.getSettings().deviceId;
  }

  /** Whether the track is muted: the camera gives no frames at the moment. */
  get muted(): boolean {
    return this.#track?.muted ?? false;
  }

  get #track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }

  /** Opens the camera. Call it in a user gesture the first time. Never rejects: see `state`. */
  async open(facing: Facing = this.facing): Promise<void> {
    this.#wanted = true;
    if (this.state === 'asking' || this.state === 'live') return;
    await this.#open(async () => constraintsForSide(await listCameras(), facing), facing);
  }

  /** Reopens the camera, because its stream shows nothing. */
  async restart(): Promise<void> {
    this.#release();
    this.#set('idle');
    await this.open();
  }

  /** Switches to another lens of the same side, for good. */
  async useLens(deviceId: string): Promise<void> {
    if (this.state !== 'live' || deviceId === this.lensId) return;
    this.#release();
    const { facing } = this;
    await this.#open(() => constraintsFor({ deviceId }), facing);
    if (this.state === 'live') await this.#remember(facing, deviceId);
  }

  /** Switches to the camera of the other side, or to the next camera if their sides are unknown. */
  async flip(): Promise<void> {
    if (this.state !== 'live') return;
    const facing: Facing = this.facing === 'environment' ? 'user' : 'environment';
    const cameras = await listCameras();
    // While the cameras were listed, the camera was stopped or flipped by a second tap.
    if (this.state !== 'live') return;
    const next = nextCamera(cameras, facing, this.#track?.getSettings() ?? {});
    this.#release();
    await this.#open(
      () => (next ? constraintsFor({ deviceId: next }) : constraintsForSide(cameras, facing)),
      facing,
    );
    if (next && this.state === 'live') await this.#remember(this.facing, next);
  }

  /** Ends the stream. */
  stop(): void {
    this.#wanted = false;
    this.#attempt++;
    this.#release();
    this.#set('idle');
  }

  /**
   * Registers a holder, such as a page that shows the camera, until the returned function is
   * called. The stream ends LINGER_MS after the last holder is gone.
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

  async #remember(facing: Facing, deviceId: string): Promise<void> {
    const lens = (await listCameras()).find((camera) => camera.deviceId === deviceId);
    if (!lens) return;
    // A webcam is on no side, so it is the one to open whichever is asked for.
    const isOnSide = facingOf(lens) !== undefined || this.#sides.has(deviceId);
    for (const side of isOnSide ? [facing] : SIDES) rememberLens(side, lens);
  }

  async #open(
    constraints: () => MediaStreamConstraints | Promise<MediaStreamConstraints>,
    facing: Facing,
  ): Promise<void> {
    const hasApi = navigator.mediaDevices?.getUserMedia !== undefined;
    const missing = missingCameraApi(hasApi, window.isSecureContext);
    if (missing) return this.#fail(missing);
    const attempt = ++this.#attempt;
    this.#set('asking');
    const timer = setTimeout(() => void this.#reportWaiting(attempt), PROMPT_MS);
    try {
      const stream = await this.#request.ask(await constraints(), facing);
      // A newer attempt waits for the same request and uses its stream.
      if (this.#wanted && attempt !== this.#attempt) return;
      if (!this.#wanted || document.hidden) {
        endStream(stream);
        this.#set('idle');
      } else {
        await this.#adopt(stream, facing);
      }
    } catch (thrown) {
      if (attempt !== this.#attempt) return;
      // A stream that is not shown must not keep the camera's light on.
      this.#release();
      this.#fail(cameraProblem(thrown));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reports that the camera has not answered. The state still changes when it answers later. */
  async #reportWaiting(attempt: number): Promise<void> {
    const allowed = (await cameraPermission()) === 'granted';
    if (attempt !== this.#attempt || this.state !== 'asking') return;
    this.#fail(newCameraProblem(allowed ? 'slow' : 'timeout'));
  }

  async #adopt(stream: MediaStream, requested: Facing): Promise<void> {
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
    this.facing = await facingOfTrack(track, requested);
    if (stream !== this.stream) return;
    const { deviceId, facingMode } = track.getSettings();
    if (deviceId && facingMode) this.#sides.set(deviceId, this.facing);
    this.#set('live');
    await this.#countCameras();
  }

  async #countCameras(): Promise<void> {
    const cameras = await listCameras();
    this.cameraCount = cameras.length;
    if (cameras.length < 2) this.lenses = [];
    this.#changed();
    if (cameras.length < 2) return;
    try {
      const { lensesOf } = await import('./lenses.ts');
      this.lenses = this.state === 'live' ? lensesOf(cameras, this.facing, this.#sides) : [];
      this.#changed();
    } catch (thrown) {
      // The chunk may be gone since a new version was published. The camera works without a choice.
      console.warn('The lenses of the camera could not be told apart.', thrown);
    }
  }

  /** Opens the camera if none was found before, and one has been connected or detected since. */
  async #onDevices(): Promise<void> {
    await this.#countCameras();
    if (this.#wanted && this.problem?.kind === 'none' && this.cameraCount > 0) await this.open();
  }

  readonly #onVisibility = () => {
    if (!document.hidden) {
      if (this.#wanted && this.state === 'idle') void this.open();
    } else if (this.stream) {
      // Other apps may need the camera now, and its light must not stay on.
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

/** The instance of this page. */
export const camera = new CameraStream();
