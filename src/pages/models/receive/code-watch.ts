import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { withPicture } from '../../../image/frame-canvas.ts';
import type { CameraStream } from '../../../camera/camera-stream.ts';
import { frameLoop } from '../../../camera/frame-loop.ts';
import { qrCodeReader, type ReadQrCode } from '../../../camera/read-qr-code.ts';
import { CodeCollector, type CodeFound } from '../../../models/formats/phone/collect-codes.ts';
import { haptic } from '../../../platform/haptics.ts';
import { Problem } from '../../../platform/problem.ts';

/** Three looks at each code of another phone, and time between them for the page. */
const INTERVAL_MS = 60;

/** What reading came to so far. */
export interface CodeReading {
  /** Which codes are here; empty before the first one. */
  readonly got: readonly boolean[];
  /** What the last code was that helped nothing. */
  readonly trouble: Extract<CodeFound, 'newer' | 'damaged' | 'other'> | undefined;
  /** Why nothing can be read. */
  readonly problem: Problem | undefined;
}

/**
 * Reads the QR codes of a model in the frames of the camera, and updates the host when there is more
 * of it.
 */
export class CodeWatch implements ReactiveController, CodeReading {
  got: readonly boolean[] = [];
  trouble: CodeReading['trouble'];
  problem: Problem | undefined;

  readonly #host: ReactiveControllerHost;
  readonly #camera: CameraStream;
  readonly #onFile: (file: Uint8Array<ArrayBuffer>) => void;
  readonly #codes = new CodeCollector();
  #reader: Promise<ReadQrCode> | undefined;
  #stream: MediaStream | undefined;
  #stop: (() => void) | undefined;

  /** @param onFile called once, with the whole file */
  constructor(
    host: ReactiveControllerHost,
    camera: CameraStream,
    onFile: (file: Uint8Array<ArrayBuffer>) => void,
  ) {
    this.#host = host;
    this.#camera = camera;
    this.#onFile = onFile;
    host.addController(this);
  }

  /** Starts or, with undefined, stops reading; a new stream goes on with what is here. */
  watch(video: HTMLVideoElement | undefined): void {
    const stream = video && this.#camera.stream;
    if (stream === this.#stream) return;
    this.hostDisconnected();
    if (!video || !stream) return;
    this.#stream = stream;
    this.#stop = frameLoop(
      video,
      async (frame) => {
        const text = await withPicture(frame, async (picture) => {
          const read = await (this.#reader ??= qrCodeReader());
          return read(picture);
        });
        if (text !== undefined && stream === this.#stream) await this.#take(text);
      },
      { interval: INTERVAL_MS, onError: this.#onError },
    );
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#stream = undefined;
  }

  async #take(text: string): Promise<void> {
    const found = this.#codes.add(text);
    if (found === 'known' && !this.trouble) return;
    this.problem = undefined;
    this.trouble = found === 'new' || found === 'known' ? undefined : found;
    const isWhole = found === 'new' && this.#codes.got.every(Boolean);
    const file = isWhole ? await this.#codes.file() : undefined;
    if (isWhole && !file) this.trouble = 'damaged';
    this.got = this.#codes.got;
    this.#host.requestUpdate();
    if (!file) return;
    this.hostDisconnected();
    haptic('done');
    this.#onFile(file);
  }

  readonly #onError = (thrown: unknown) => {
    // The next frame loads it again.
    this.#reader = undefined;
    this.problem = Problem.from(thrown);
    this.#host.requestUpdate();
  };
}
