/**
 * The frame that a video element shows at the moment. The caller closes it.
 *
 * A VideoFrame needs no copy, but in some browsers it lacks the rotation of the element. If the
 * sizes differ, an ImageBitmap is made instead.
 *
 * @throws DOMException InvalidStateError if the video shows no frame yet
 */
export async function grab(video: HTMLVideoElement): Promise<VideoFrame | ImageBitmap> {
  if (typeof VideoFrame === 'function') {
    const frame = new VideoFrame(video);
    if (frame.displayWidth === video.videoWidth && frame.displayHeight === video.videoHeight) {
      return frame;
    }
    frame.close();
  }
  return createImageBitmap(video);
}
