import type { Picture } from './draw-square.ts';

/**
 * Makes pictures of video frames. Chromium keeps the pixels of each frame that a canvas draws, 500 MB of
 * them, and so does `createImageBitmap`; but it does not keep what is copied out of a frame.
 */
export class FrameCanvas {
  /** Of the size of the frame before. */
  #pixels: ImageData | undefined;
  #context: OffscreenCanvasRenderingContext2D | null | undefined;
  #bitmap: ImageBitmap | undefined;

  /**
   * The picture of a frame, in its displayed size; the frame stays open.
   *
   * @returns gone with the next frame, and with `clear`
   * @throws DOMException if the frame is closed
   */
  async draw(frame: VideoFrame): Promise<Picture> {
    this.clear();
    return (await this.#copied(frame)) ?? (this.#bitmap = await createImageBitmap(frame));
  }

  /** Frees what is not used again for the next frame. */
  clear(): void {
    this.#bitmap?.close();
    this.#bitmap = undefined;
  }

  /** Undefined where the browser copies frames in no format or only in their own, or if it is turned. */
  async #copied(frame: VideoFrame): Promise<OffscreenCanvas | undefined> {
    const { displayWidth: width, displayHeight: height, visibleRect } = frame;
    const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
    const isAsShown = visibleRect?.width === width && visibleRect.height === height;
    if (!isAsShown || rotation !== 0 || flip) return undefined;
    try {
      const format = { format: 'RGBA' } as const;
      if (frame.allocationSize(format) !== 4 * width * height) return undefined;
      if (this.#pixels?.width !== width || this.#pixels.height !== height) {
        this.#pixels = new ImageData(width, height);
        this.#context = new OffscreenCanvas(width, height).getContext('2d', OPAQUE);
      }
      await frame.copyTo(this.#pixels.data, format);
      this.#context?.putImageData(this.#pixels, 0, 0);
      return this.#context?.canvas;
    } catch {
      return undefined;
    }
  }
}

const OPAQUE = { alpha: false, willReadFrequently: true } as const;

/** Not in use now; live frames come one at a time. */
let idle: FrameCanvas | undefined;

/**
 * Uses the picture of a frame, and closes the frame.
 *
 * @param use its argument is valid only until the returned promise settles
 * @throws DOMException if the frame is closed; and what `use` throws
 */
export async function withPicture<Result>(
  frame: VideoFrame | ImageBitmap,
  use: (picture: Picture) => Result | Promise<Result>,
): Promise<Result> {
  const canvas = idle ?? new FrameCanvas();
  idle = undefined;
  try {
    return await use(frame instanceof ImageBitmap ? frame : await canvas.draw(frame));
  } finally {
    canvas.clear();
    idle = canvas;
    frame.close();
  }
}
