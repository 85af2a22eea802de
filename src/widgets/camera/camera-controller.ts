import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { cameraPermission } from '../../camera/camera-devices.ts';
import type { CameraStream } from '../../camera/camera-stream.ts';
import { getSetting, saveSettings } from '../../storage/settings.ts';
import type { Point } from './viewfinder-gestures.ts';

/**
 * Holds the camera for as long as its element is on the page, and re-renders it whenever the
 * camera changes. Opens the camera at once if it was allowed before; else the element asks for a
 * tap and calls `open`.
 */
export class CameraController implements ReactiveController {
  readonly camera: CameraStream;
  readonly #host: ReactiveControllerHost;
  #letGo: (() => void) | undefined;
  #remembered = false;
  readonly #onChange = () => {
    if (this.camera.state === 'live' && !this.#remembered) void this.#remember();
    this.#host.requestUpdate();
  };

  constructor(host: ReactiveControllerHost, camera: CameraStream) {
    this.#host = host;
    this.camera = camera;
    host.addController(this);
  }

  hostConnected(): void {
    this.#letGo = this.camera.hold();
    this.camera.addEventListener('change', this.#onChange);
    void this.#openIfAllowed();
  }

  hostDisconnected(): void {
    this.camera.removeEventListener('change', this.#onChange);
    this.#letGo?.();
    this.#letGo = undefined;
  }

  /** A tap on the gate: also to open a camera anew that is live and shows nothing. */
  open(): void {
    void (this.camera.state === 'live' ? this.camera.restart() : this.camera.open());
  }

  /** A pinch on the viewfinder. */
  readonly zoomBy = (event: CustomEvent<number>): void => {
    const { controls } = this.camera;
    const level = controls?.zoom?.level;
    if (level === undefined) return;
    // The dial says so when a camera refuses; a pinch just does not move it.
    controls?.zoomTo(level * event.detail).catch(() => undefined);
  };

  /** A tap on the viewfinder. */
  readonly focusAt = ({ detail: { x, y } }: CustomEvent<Point>): void => {
    // A camera that refuses goes on focusing by itself.
    this.camera.controls?.focusAt(x, y).catch(() => undefined);
  };

  async #openIfAllowed(): Promise<void> {
    const permission = await cameraPermission();
    // A refusal is shown at once with its way out: nobody should tap to learn of it.
    const known = permission === 'granted' || permission === 'denied';
    // iOS always says `prompt`; who has used the camera here before expects it to open.
    if (this.#letGo && (known || (await usedBefore()))) void this.camera.open();
  }

  async #remember(): Promise<void> {
    this.#remembered = true;
    try {
      if (!(await usedBefore())) await saveSettings({ cameraUsed: true });
    } catch {
      // Forgotten, it costs one tap next time; the library itself says that it cannot be written.
    }
  }
}

async function usedBefore(): Promise<boolean> {
  try {
    return (await getSetting('cameraUsed')) === true;
  } catch {
    return false;
  }
}
