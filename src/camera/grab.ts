/**
 * The frame that a video element shows now. The caller closes it.
 *
 * A VideoFrame costs no copy, but some browsers make it without the rotation that the element
 * shows: where its size is not the element's, an ImageBitmap is taken instead.
 *
 * @throws DOMException InvalidStateError when the video shows no frame yet
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
