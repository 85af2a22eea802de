import * as Comlink from 'comlink';
import { crossing } from './crossing.ts';
import { Engine } from './engine.ts';
import type { LearningService } from './service.ts';

const engine = new Engine();

Comlink.expose({
  start: crossing(engine.start.bind(engine)),
  observe: crossing(engine.observe.bind(engine)),
  train: crossing(engine.train.bind(engine)),
  classify: crossing(engine.classify.bind(engine)),
  cancel: crossing(engine.cancel.bind(engine)),
  memory: crossing(engine.memory.bind(engine)),
} satisfies Record<keyof LearningService, unknown>);
