import { msg } from '../../../i18n/msg.ts';
import { filmProblem, frameCanvas, frameContext, type Film } from './film.ts';

/**
 * Time for the element to load or to seek, in milliseconds. Some browsers never load a film without
 * a gesture of the user, for example to save data.
 */
const TIMEOUT_MS = 20_000;
/** Later than the end of any film, in seconds: the element then says where the end is. */
const BEYOND = 1e7;

/**
 * Opens a film to seek in it with a `<video>` element: for browsers without WebCodecs, and for
 * codecs that only the element plays.
 *
 * @throws Problem `film-codec` if the element does not play it
 */
export async function playFilm(file: Blob): Promise<Film> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  const url = URL.createObjectURL(file);
  const close = () => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  };
  try {
    video.src = url;
    await happens(video, 'loadeddata');
    // A film that was recorded in a browser does not say how long it is.
    if (!Number.isFinite(video.duration)) await seek(video, BEYOND);
    if (video.videoWidth === 0) {
      throw filmProblem('film', msg('There are no pictures in this film.'));
    }
    return { start: 0, end: video.duration, frames: (times) => framesOf(video, times), close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

async function* framesOf(
  video: HTMLVideoElement,
  times: Iterable<number>,
): AsyncGenerator<OffscreenCanvas, void> {
  const canvas = frameCanvas(video.videoWidth, video.videoHeight);
  const context = frameContext(canvas);
  for (const time of times) {
    await seek(video, time);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    yield canvas;
  }
}

async function seek(video: HTMLVideoElement, time: number): Promise<void> {
  const there = happens(video, 'seeked');
  video.currentTime = time;
  await there;
}

/** Resolves with the next event of that type. @throws Problem `film-codec` */
function happens(video: HTMLVideoElement, type: 'loadeddata' | 'seeked'): Promise<void> {
  const listening = new AbortController();
  const { signal } = listening;
  return new Promise<void>((resolve, reject) => {
    const fail = () => {
      const sentence = msg('This browser cannot play this film.');
      reject(filmProblem('film-codec', sentence, video.error?.message));
    };
    video.addEventListener(type, () => resolve(), { signal });
    video.addEventListener('error', fail, { signal });
    const timer = setTimeout(fail, TIMEOUT_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }).finally(() => listening.abort());
}
