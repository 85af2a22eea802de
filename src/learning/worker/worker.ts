import * as Comlink from 'comlink';
import { crossing } from '../api/error-transfer.ts';
import { Engine } from './engine.ts';
import { augmentedPictures } from '../input/augmented-pictures.ts';
import type { LearningService } from '../api/learning-service.ts';

const engine = new Engine();

Comlink.expose({
  start: crossing(engine.start.bind(engine)),
  observe: crossing(engine.observe.bind(engine)),
  train: crossing(engine.train.bind(engine)),
  classify: crossing(engine.classify.bind(engine)),
  judgePhotos: crossing(engine.judgePhotos.bind(engine)),
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
  estimate: crossing(engine.estimate.bind(engine)),
  summaries: crossing(engine.summaries.bind(engine)),
  tunableBlocks: crossing(engine.tunableBlocks.bind(engine)),
} satisfies Record<keyof LearningService, unknown>);
