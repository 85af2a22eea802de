/** Why there is no camera picture; the ids of texts. */
export type CameraHindrance = 'insecure' | 'refused' | 'noCamera';

type Facing = 'environment' | 'user';

/** The camera of the device: one stream, shown in a video element. */
export class Camera {
  readonly #video: HTMLVideoElement;
  #stream: MediaStream | undefined;
  #facing: Facing = 'environment';

  constructor(video: HTMLVideoElement) {
    this.#video = video;
  }

  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  /** @param onEnd called when the device takes the camera away @returns undefined if it is open */
  async open(onEnd: () => void): Promise<CameraHindrance | undefined> {
    this.close();
    // Not there in a page without a secure context, whatever the types say.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices?.getUserMedia) return 'insecure';
    try {
      const stream = await devices.getUserMedia({
        video: { facingMode: this.#facing, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      this.#stream = stream;
      const [track] = stream.getVideoTracks();
      track?.addEventListener('ended', onEnd);
      const facing = track?.getSettings().facingMode;
      this.#video.classList.toggle('mirrored', facing === 'user');
      this.#video.srcObject = stream;
      await this.#video.play();
      return undefined;
    } catch (thrown) {
      this.close();
      const isRefused = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
      return isRefused ? 'refused' : 'noCamera';
    }
  }

  /** Whether there is another camera to change to. */
  async hasOther(): Promise<boolean> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(({ kind }) => kind === 'videoinput').length > 1;
  }

  /** The next `open` asks for the camera of the other side. */
  turn(): void {
    this.#facing = this.#facing === 'user' ? 'environment' : 'user';
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
  }

  /** The picture that the camera shows now; undefined until it shows one. */
  async frame(): Promise<ImageBitmap | undefined> {
    if (!this.#stream || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    return createImageBitmap(this.#video);
  }
}
