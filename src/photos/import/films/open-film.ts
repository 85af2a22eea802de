import { Problem } from '../../../platform/problem.ts';
import type { Film } from './film.ts';
import { playFilm } from './play-film.ts';

/**
 * Opens a film with WebCodecs where they can decode it, and with a `<video>` element otherwise.
 *
 * @returns the film, which the caller closes
 * @throws Problem of a FilmProblemKind
 */
export async function openFilm(file: Blob): Promise<Film> {
  if (!('VideoDecoder' in globalThis)) return playFilm(file);
  // A lazy chunk with mediabunny, which only an import of a film needs.
  const { decodeFilm } = await import('./decode-film.ts');
  try {
    return await decodeFilm(file);
  } catch (thrown) {
    const problem = Problem.from(thrown);
    if (problem.kind === 'film') throw problem;
    return playFilm(file);
  }
}
