import * as Comlink from 'comlink';
import { Problem } from '../problem.ts';
import { Engine } from './engine.ts';
import { augmentedPictures } from './input/augmented-pictures.ts';
import type { LearningService } from './service.ts';

const engine = new Engine();

/** Structured clone drops the class and the fields of an error, so a Problem crosses as data. */
function crossing<Arguments extends unknown[], Result>(
  call: (...args: Arguments) => Result | Promise<Result>,
): (...args: Arguments) => Promise<Result> {
  return async (...args) => {
    try {
      return await call(...args);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) console.error(thrown);
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      throw Problem.from(thrown).toData();
    }
  };
}

Comlink.expose({
  start: crossing(engine.start.bind(engine)),
  observe: crossing(engine.observe.bind(engine)),
  train: crossing(engine.train.bind(engine)),
  classify: crossing(engine.classify.bind(engine)),
  resumeTraining: crossing(engine.resumeTraining.bind(engine)),
  discardTraining: crossing(engine.discardTraining.bind(engine)),
  pause: crossing(engine.pause.bind(engine)),
  unpause: crossing(engine.unpause.bind(engine)),
  augmented: crossing(async (photoId: string, count: number) => {
    const pictures = await augmentedPictures(photoId, count);
    return Comlink.transfer(pictures, pictures);
  }),
  cancel: crossing(engine.cancel.bind(engine)),
  memory: crossing(engine.memory.bind(engine)),
} satisfies Record<keyof LearningService, unknown>);
