import { msg } from '../../i18n/msg.ts';
import { encodePhoto, type EncodedPhoto } from '../../image/encode.ts';
import { perceptualHash } from '../../image/perceptual-hash.ts';
import { Problem } from '../../platform/problem.ts';
import { isAlike } from '../find-alike.ts';
import { filmParts } from './films/frame-times.ts';
import { openFilm } from './films/open-film.ts';

/**
 * Photos from a film, spread evenly over it. A frame that looks like one before it is skipped, so
 * there may be fewer than `count`. They are decoded one at a time, as the caller takes them.
 *
 * @param count the most photos that are taken
 * @throws Problem `film` or `film-codec`, before the first photo
 */
export async function* filmFrames(file: Blob, count: number): AsyncGenerator<EncodedPhoto, void> {
  const film = await openFilm(file);
  const hashes: (readonly number[])[] = [];
  try {
    const parts = filmParts(film.start, film.end, count);
    /** The part of each time that was asked for. */
    const asked: number[] = [];
    let done = -1;
    const times = function* () {
      for (const [part, { times }] of parts.entries()) {
        for (const time of times) {
          if (part <= done) break;
          asked.push(part);
          yield time;
        }
      }
    };
    for await (const frame of film.frames(times())) {
      const part = asked.shift()!;
      if (!frame || part <= done) continue;
      const hash = perceptualHash(frame);
      if (hashes.some((other) => isAlike(hash, other))) continue;
      hashes.push(hash);
      done = part;
      yield await encodePhoto(frame);
    }
  } catch (thrown) {
    // What was decoded before the damage is kept.
    if (hashes.length === 0) throw Problem.from(thrown, msg('The film is damaged.'));
  } finally {
    film.close();
  }
  if (hashes.length === 0) throw new Problem('film', msg('The film is damaged.'));
}
