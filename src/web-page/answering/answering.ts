import { unpackProgram, type PackedProgram } from '../../models/formats/web-page/pack-program.ts';
import { networkOf } from '../../learning/program/program-network.ts';
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
  let worker = startWorker(packed, script);
  let inPage: AnswerPictures | undefined;
  return async (rgba) => {
    if (worker) {
      try {
        return await worker(rgba);
      } catch {
        worker = undefined;
      }
    }
    inPage ??= answerInPage(packed);
    return inPage(rgba);
  };
}

/** @returns undefined where the browser gives the page no worker */
function startWorker(packed: PackedProgram, script: string): AnswerPictures | undefined {
  try {
    const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(address);
    // It may break before it is asked anything.
    const broken = new Promise<never>((_resolve, reject) => {
      worker.onerror = () => {
        worker.terminate();
        reject(new Error('The worker does not run'));
      };
    });
    broken.catch(() => undefined);
    worker.postMessage({ kind: 'program', packed } satisfies Request);
    return (rgba) => Promise.race([ask(worker, rgba), broken]);
  } catch {
    return undefined;
  }
}

function answerInPage(packed: PackedProgram): AnswerPictures {
  const network = networkOf(unpackProgram(packed));
  return (rgba) => Promise.resolve(answerPicture(network, rgba));
}

/** One question at a time. */
function ask(worker: Worker, rgba: Uint8ClampedArray): Promise<PictureAnswer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { answer } }: MessageEvent<Reply>) => {
      if (answer) resolve(answer);
      else reject(new Error('The worker has no model'));
    };
    worker.postMessage({ kind: 'picture', rgba } satisfies Request);
  });
}
