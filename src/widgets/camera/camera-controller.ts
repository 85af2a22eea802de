import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { cameraPermission } from '../../camera/camera-devices.ts';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { Point } from './viewfinder-gestures.ts';

/**
 * Holds the camera while the host element is connected, and requests an update of the host when the
 * camera changes. It opens the camera at once if it was allowed before; otherwise the host asks for
 * a tap and calls `open`.
 */
export class CameraController implements ReactiveController {
  readonly camera: CameraStream;
  readonly #host: ReactiveControllerHost;
  #release: (() => void) | undefined;
  #useIsStored = false;
  readonly #onChange = () => {
    if (this.camera.state === 'live' && !this.#useIsStored) void this.#storeUse();
    this.#host.requestUpdate();
  };

  constructor(host: ReactiveControllerHost, camera: CameraStream) {
    this.#host = host;
    this.camera = camera;
    host.addController(this);
  }

  hostConnected(): void {
    this.#release = this.camera.hold();
    this.camera.addEventListener('change', this.#onChange);
    void this.#openIfAllowed();
  }

  hostDisconnected(): void {
    this.camera.removeEventListener('change', this.#onChange);
    this.#release?.();
    this.#release = undefined;
  }

  /** Handles a tap on the camera gate; restarts a camera that is live but shows no picture. */
  open(): void {
    void (this.camera.state === 'live' ? this.camera.restart() : this.camera.open());
  }

  /** Handles a pinch on the viewfinder; `detail` is the factor. */
  readonly zoomBy = (event: CustomEvent<number>): void => {
    const { controls } = this.camera;
    const level = controls?.zoom?.level;
    if (level === undefined) return;
    // A failed pinch needs no message: only the camera dial reports that zooming failed.
    controls?.zoomTo(level * event.detail).catch(() => undefined);
  };

  /** Handles a tap on the viewfinder; x and y are 0 to 1 from the frame's top left corner. */
  readonly focusAt = ({ detail: { x, y } }: CustomEvent<Point>): void => {
    // If the camera rejects it, it keeps its automatic focus.
    this.camera.controls?.focusAt(x, y).catch(() => undefined);
  };

  async #openIfAllowed(): Promise<void> {
    const permission = await cameraPermission();
    // A denied permission is shown at once, with a solution, instead of after a tap.
    const isDecided = permission === 'granted' || permission === 'denied';
    // iOS always reports `prompt`. Users who used the camera here before expect it to open.
    if (this.#release && (isDecided || (await usedBefore()))) void this.camera.open();
  }

  async #storeUse(): Promise<void> {
    this.#useIsStored = true;
    try {
      if (!(await usedBefore())) await saveSettings({ cameraUsed: true });
    } catch {
      // The only cost is a tap next time; the photo library reports that the database is not
      // writable.
    }
  }
}

/** Phones list at most one camera before permission is given; there a second one is assumed. */
export function hasOtherCamera({ cameraCount }: CameraStream): boolean {
  return cameraCount > 1 || matchMedia('(pointer: coarse)').matches;
}

async function usedBefore(): Promise<boolean> {
  try {
    return (await getSetting('cameraUsed')) === true;
  } catch {
    return false;
  }
}
