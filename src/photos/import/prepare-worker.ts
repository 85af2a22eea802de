import { startWorkerLanguage } from '../../i18n/language-in-workers.ts';
import type { PictureSize } from '../../image/adjust-square.ts';
import type { FindSquare, SquareCrop } from '../../image/square.ts';
import { Problem } from '../../platform/problem.ts';
import type { ProblemData } from '../../records/problem-data.ts';
import { preparePhoto, type PreparedPhoto } from './prepare-photo.ts';

/** A file to prepare, or the answer to a question about its picture. */
export type PrepareRequest =
  | { readonly file: Blob; readonly asks: boolean }
  | { readonly square: SquareCrop | undefined };

/** What becomes of a file, or a question about its picture. */
export type PrepareAnswer =
  | { readonly photo: PreparedPhoto }
  | { readonly problem: ProblemData }
  | { readonly reduced: ImageBitmap; readonly size: PictureSize };

const language = startWorkerLanguage();

/** The global scope of a worker; the compiler knows it as that of the page. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<PrepareRequest>) => void;
  postMessage: (answer: PrepareAnswer, transfer: Transferable[]) => void;
};

/** Resolves the question that the page has not answered yet. */
let onSquare: (square: SquareCrop | undefined) => void = () => undefined;

// One file at a time: the pool sends the next one after the answer.
scope.onmessage = ({ data }) => {
  if ('square' in data) onSquare(data.square);
  else void answer(data.file, data.asks ? askPage : undefined);
};

const askPage: FindSquare = (reduced, size) => {
  const answered = new Promise<SquareCrop | undefined>((resolve) => (onSquare = resolve));
  scope.postMessage({ reduced, size }, [reduced]);
  return answered;
};

async function answer(file: Blob, findSquare?: FindSquare): Promise<void> {
  await language;
  try {
    const photo = await preparePhoto(file, findSquare);
    scope.postMessage({ photo }, [photo.image.bytes, photo.thumbnail.bytes]);
  } catch (thrown) {
    scope.postMessage({ problem: Problem.from(thrown).toData() }, []);
  }
}
