import { unpackProgram, type PackedProgram } from '../../models/formats/web-page/pack-program.ts';
import { networkOf } from '../../learning/program/kernel-network.ts';
import { answerPicture } from './answer-picture.ts';
import type { PictureAnswer, Reply, Request } from './messages.ts';

/** Answers one picture, `[size, size, 4]`, RGBA. @throws Error if the model does not run here */
export type AnswerPictures = (rgba: Uint8ClampedArray) => Promise<PictureAnswer>;

/**
 * Starts the model in a worker, so that the page stays smooth; in the page itself where a page from
 * a file may have none.
 *
 * @param script the text of the page's own script, which is the worker's too
 */
export function startAnswering(packed: PackedProgram, script: string): AnswerPictures {
  let worker: Worker | undefined;
  try {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    worker = new Worker(address);
    worker.postMessage({ kind: 'program', packed } satisfies Request);
  } catch {
    worker = undefined;
  }
  let inPage: AnswerPictures | undefined;
  return async (rgba) => {
    if (worker) {
      try {
        return await ask(worker, rgba);
      } catch {
        worker.terminate();
        worker = undefined;
      }
    }
    inPage ??= answerInPage(packed);
    return inPage(rgba);
  };
}

function answerInPage(packed: PackedProgram): AnswerPictures {
  const network = networkOf(unpackProgram(packed));
  return (rgba) => Promise.resolve(answerPicture(network, rgba));
}

/** One question at a time. */
function ask(worker: Worker, rgba: Uint8ClampedArray): Promise<PictureAnswer> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      reject(new Error('The worker gives no answer'));
    };
    worker.onerror = fail;
    worker.onmessage = ({ data: { answer } }: MessageEvent<Reply>) => {
      if (answer) resolve(answer);
      else fail();
    };
    worker.postMessage({ kind: 'picture', rgba } satisfies Request);
  });
}
