import * as Comlink from 'comlink';
import type { LearningService } from '../api/learning-service.ts';
import { augmentedPictures } from '../input/augmented-pictures.ts';
import { Engine } from './engine.ts';
import { exposeService } from './expose-service.ts';
import { loadAhead } from './load-ahead.ts';

void loadAhead();
const engine = new Engine();

exposeService<LearningService>({
  start: engine.start.bind(engine),
  setHidden: engine.setHidden.bind(engine),
  observe: engine.observe.bind(engine),
  train: engine.train.bind(engine),
  classify: engine.classify.bind(engine),
  findBoxes: engine.findBoxes.bind(engine),
  predictLibrary: engine.predictLibrary.bind(engine),
  resumeTraining: engine.resumeTraining.bind(engine),
  discardTraining: engine.discardTraining.bind(engine),
  pause: engine.pause.bind(engine),
  resumePaused: engine.resumePaused.bind(engine),
  augmented: async (photoId, count) => {
    const pictures = await augmentedPictures(photoId, count);
    return Comlink.transfer(pictures, pictures);
  },
  cancel: engine.cancel.bind(engine),
  memory: engine.memory.bind(engine),
  estimate: engine.estimate.bind(engine),
  summaries: engine.summaries.bind(engine),
  tunableBlocks: engine.tunableBlocks.bind(engine),
});
