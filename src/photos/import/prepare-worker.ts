import { startWorkerLanguage } from '../../i18n/language-in-workers.ts';
import { Problem } from '../../platform/problem.ts';
import type { ProblemData } from '../../records/problem-data.ts';
import { preparePhoto, type PreparedPhoto } from './prepare-photo.ts';

/** The answer to a file. */
export type PrepareAnswer = { readonly photo: PreparedPhoto } | { readonly problem: ProblemData };

const language = startWorkerLanguage();

/** The global scope of a worker; the compiler knows it as that of the page. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Blob>) => void;
  postMessage: (answer: PrepareAnswer, transfer: Transferable[]) => void;
};

// One file at a time: the pool sends the next one after the answer.
scope.onmessage = ({ data }) => void answer(data);

async function answer(file: Blob): Promise<void> {
  await language;
  try {
    const photo = await preparePhoto(file);
    scope.postMessage({ photo }, [photo.image.bytes, photo.thumbnail.bytes]);
  } catch (thrown) {
    scope.postMessage({ problem: Problem.from(thrown).toData() }, []);
  }
}
