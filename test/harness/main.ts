/**
 * The app's own rooms without its pages, for tests and benchmarks in a real browser: each is
 * reached through `page.evaluate(() => harness.…)`.
 */
import { BaseClient } from '../../src/learning/base-client.ts';
import type { BaseAnswers, BaseSource } from '../../src/learning/base-service.ts';
import { LearningClient } from '../../src/learning/client.ts';
import type { BackendName, EngineStatus, TrainOptions } from '../../src/learning/service.ts';
import * as models from '../../src/models/repository.ts';
import * as classes from '../../src/photos/classes.ts';
import { importFiles } from '../../src/photos/import/import-files.ts';
import * as photos from '../../src/photos/repository.ts';
import type { Split } from '../../src/photos/stable-split.ts';
import { drawPet } from '../fixtures/drawn-pets.ts';
import * as encode from '../../src/image/encode.ts';
import * as changes from '../../src/storage/changes.ts';
import * as settings from '../../src/storage/settings.ts';

let client: LearningClient | undefined;

/** Starts the engine on the bases in a folder of the server; an engine before it is ended. */
function startEngine(bases = 'bases/', backend?: BackendName) {
  client?.stop();
  const basesUrl = new URL(bases, document.baseURI).href;
  client = new LearningClient({ basesUrl, ...(backend && { backend }) });
  return client.start();
}

function engine(): LearningClient {
  if (!client) throw new Error('Call startEngine first');
  return client;
}

/** Imports the files that the test put into the page's file input. */
function importInput(classId: string, split?: Split) {
  const input = document.querySelector('input')!;
  return importFiles([...input.files!], classId, split ? { split } : {});
}

/** Where startEngine finds its bases; own bases are kept beside them. */
function ownBases(bases = 'bases/'): BaseClient {
  return new BaseClient(new URL(bases, document.baseURI).href);
}

/** The files that the test put into the page's file input, or an address. */
function baseSource(url?: string): BaseSource {
  if (url !== undefined) return { url };
  return { files: [...document.querySelector('input')!.files!] };
}

const harness = {
  inspectBase: (url?: string) => ownBases().inspect(baseSource(url)),
  addBase: (answers: BaseAnswers, bases?: string, url?: string) =>
    ownBases(bases).add(baseSource(url), answers),
  removeBase: (id: string, bases?: string) => ownBases(bases).remove(id),
  startEngine,
  importInput,
  train: (options: TrainOptions, control?: Parameters<LearningClient['train']>[1]) =>
    engine().train(options, control),
  classify: (bitmap: ImageBitmap) => engine().classify(bitmap),
  useBase: (id: string, size: number) => engine().useBase(id, size),
  memory: () => engine().memory(),
  status: () => engine().status,
  onStatus: (listener: (status: EngineStatus) => void) => {
    engine().addEventListener('change', () => {
      listener(engine().status);
    });
  },
  importFiles,
  drawPet,
  photos,
  classes,
  models,
  encode,
  changes,
  settings,
};

export type Harness = typeof harness;

declare global {
  var harness: Harness;
}

globalThis.harness = harness;
