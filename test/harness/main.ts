/**
 * The app's own rooms without its pages, for tests and benchmarks in a real browser: each is
 * reached through `page.evaluate(() => harness.…)`.
 */
import { LearningClient } from '../../src/learning/api/learning-client.ts';
import type { PredictControl } from '../../src/learning/api/predict-library.ts';
import { squareFinder } from '../../src/learning/api/square-finder.ts';
import type { BackendName, EngineMemory, EngineStatus } from '../../src/records/engine.ts';
import * as checkpoints from '../../src/storage/checkpoints.ts';
import { loadBaseFiles } from '../../src/learning/bases/base-files.ts';
import { listBases } from '../../src/learning/bases/registry.ts';
import type { BaseBackup } from '../../src/records/base-spec.ts';
import { photoPixels } from '../../src/learning/input/model-pixels.ts';
import { type BaseControl } from '../../src/learning/api/base-client.ts';
import * as models from '../../src/models/repository.ts';
import * as versions from '../../src/models/versions.ts';
import * as classes from '../../src/photos/classes.ts';
import * as photoList from '../../src/photos/photo-list.ts';
import { chosenFiles, findPictures } from '../../src/photos/import/find-pictures.ts';
import { importFiles, type ImportOptions } from '../../src/photos/import/import-files.ts';
import { replacePhoto } from '../../src/photos/replace-photo.ts';
import * as photos from '../../src/photos/repository.ts';
import { addPhoto } from '../../src/photos/store-photos.ts';
import { drawPet } from '../fixtures/drawn-pets.ts';
import * as frameHints from '../../src/camera/frame-hints.ts';
import * as frameQuality from '../../src/image/frame-quality.ts';
import * as encode from '../../src/image/encode.ts';
import * as changes from '../../src/storage/changes.ts';
import * as database from '../../src/storage/database.ts';
import { beginFreshLog } from '../../src/storage/fresh-log.ts';
import { noteOpenWindow } from '../../src/storage/open-windows.ts';
import { toBase64 } from '../../src/platform/base64.ts';
import * as settings from '../../src/storage/settings.ts';
import { knownFull, reportFree, reportFull } from '../../src/storage/storage-full.ts';
import * as backup from './backup.ts';
import { base64Of, exportModel, ownBases, sendAndReceive } from './exports.ts';
import * as storedRows from './stored-rows.ts';
import type { DrawnFilm, LongFilm } from './films.ts';
import type { qrCodeReader } from '../../src/camera/read-qr-code.ts';
import type { ClassifyOptions } from '../../src/records/classification.ts';
import type { SummaryOptions } from '../../src/records/summary.ts';
import type { TrainOptions } from '../../src/records/training.ts';
import type { BaseAnswers, BaseSource } from '../../src/records/base-inspection.ts';
import type { Split } from '../../src/records/photo.ts';
import type { TrainControl } from '../../src/learning/api/training-calls.ts';

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

/** Gets the files of the default base as the engine does; `loaded`: each figure of its progress. */
async function loadBase() {
  const [base] = await listBases(new URL('bases/', document.baseURI).href);
  const loaded: number[] = [];
  const { stored } = await loadBaseFiles(base!, (bytes) => loaded.push(bytes));
  return { stored, loaded };
}

/**
 * Imports files and archives under one label.
 *
 * @param options `squares`: whether the engine finds the squares of wide pictures, as in the app
 */
async function importAs(
  files: Iterable<File>,
  classId: string,
  {
    split,
    squares = false,
    ...options
  }: ImportOptions & { readonly split?: Split; readonly squares?: boolean } = {},
) {
  const findSquare = squares ? await squareFinder(engine()) : undefined;
  const { pictures, refused, elsewhere, passedOver } = await findPictures(chosenFiles(files));
  const report = await importFiles(
    pictures.map((picture) => ({ picture, classId, ...(split && { split }) })),
    { ...options, ...(findSquare && { findSquare }) },
  );
  return { ...report, refused: [...refused, ...report.refused], elsewhere, passedOver };
}

/** Imports the files that the test put into the page's file input. */
function importInput(classId: string, split?: Split) {
  const input = document.querySelector('input')!;
  return importAs(input.files!, classId, split ? { split } : {});
}

/** Coloured squares: what is neither cat nor dog. */
function drawMosaic(seed: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(320, 320);
  const context = canvas.getContext('2d')!;
  for (let i = 0; i < 400; i++) {
    context.fillStyle = `hsl(${(i * 47 + seed * 31) % 360} 90% 50%)`;
    context.fillRect((i % 20) * 16, Math.floor(i / 20) * 16, 16, 16);
  }
  return canvas;
}

/** A sheet of one colour, and a patch of coloured squares on it at `place`. */
function drawSheet(seed: number, place?: readonly number[]): OffscreenCanvas {
  const canvas = new OffscreenCanvas(320, 320);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `hsl(${(seed * 61) % 360} 25% ${40 + ((seed * 7) % 30)}%)`;
  context.fillRect(0, 0, 320, 320);
  if (place) context.drawImage(drawMosaic(seed), 0, 0, 120, 120, place[0]!, place[1]!, 120, 120);
  return canvas;
}

/** The files that the test put into the page's file input, or an address. */
function baseSource(url?: string): BaseSource {
  if (url !== undefined) return { url };
  return { files: [...document.querySelector('input')!.files!] };
}

const harness = {
  base64Of,
  exportModel,
  sendAndReceive: (modelId: string, bases?: string) => sendAndReceive(engine(), modelId, bases),
  /** Its code comes only then: the address of that moment says which base the engine takes. */
  photoExportRun: async () =>
    (await import('../../src/session/photo-export-run.ts')).photoExportRun,
  loadBase,
  inspectBase: (url?: string) => ownBases().inspect(baseSource(url)),
  addBase: async (answers: BaseAnswers, bases?: string, url?: string, control?: BaseControl) =>
    (await ownBases(bases).add(baseSource(url), answers, control)).spec,
  /** A classifier and its classes, as the page adds them; its code comes only then, as above. */
  addModel: async (answers: BaseAnswers, labels: readonly string[], bases?: string) => {
    const { addModel } = await import('../../src/session/add-model.ts');
    const services = { bases: ownBases(bases), engine: engine() };
    return (await addModel(baseSource(), answers, labels, {}, services)).model!;
  },
  /** A base that was added before, out of the files in the page's input. */
  restoreBase: (kept: BaseBackup, bases?: string) =>
    ownBases(bases).restore(kept, [...document.querySelector('input')!.files!]),
  removeBase: (id: string, bases?: string) => ownBases(bases).remove(id),
  startEngine,
  importInput,
  train: (options: TrainOptions, control?: TrainControl) => engine().train(options, control),
  /** Trains, and ends the worker once so many epochs are done, as a closed tab would. */
  trainUntil: async (options: TrainOptions, epochs: number) => {
    let ended = false;
    const training = engine().train(options, {
      onProgress: ({ epoch }) => {
        // What the old worker had still said comes after its end, and must not end the next one.
        if (ended || epoch < epochs) return;
        ended = true;
        engine().stop();
      },
    });
    await training.then(
      () => {
        throw new Error('It was not interrupted');
      },
      () => undefined,
    );
  },
  resumeTraining: (control?: TrainControl) => engine().resumeTraining(control),
  discardTraining: () => engine().discardTraining(),
  pauseTraining: () => {
    engine().pauseTraining();
  },
  resumePausedTraining: () => {
    engine().resumePausedTraining();
  },
  /** Ends the worker in the middle of what it does, as a closed tab would. */
  stopEngine: () => {
    engine().stop();
  },
  classify: (bitmap: VideoFrame | ImageBitmap, options?: ClassifyOptions) =>
    engine().classify(bitmap, options),
  findBoxes: (bitmap: ImageBitmap) => engine().findBoxes(bitmap),
  predictLibrary: (control?: PredictControl) => engine().predictLibrary(control),
  /** The pixels of a stored photo that a base of this size receives: RGBA in base64. */
  pixels: async (photoId: string, size: number) => {
    const { bytes, type } = (await photos.getImage(photoId))!;
    const rgba = await photoPixels(bytes, type, size);
    return toBase64(new Uint8Array(rgba));
  },
  augmented: (photoId: string, count: number) => engine().augmented(photoId, count),
  useBase: (id: string, size: number) => engine().useBase(id, size),
  /** Without the number of threads and the time on the GPU, which may change at any time. */
  memory: async () => {
    const changing = ['threads', 'gpuMilliseconds'];
    const entries = Object.entries(await engine().memory());
    return Object.fromEntries(entries.filter(([name]) => !changing.includes(name))) as Omit<
      EngineMemory,
      'threads' | 'gpuMilliseconds'
    >;
  },
  gpuMilliseconds: async () => (await engine().memory()).gpuMilliseconds,
  threads: async () => (await engine().memory()).threads,
  setHidden: (isHidden: boolean) => {
    engine().setHidden(isHidden);
  },
  estimate: (options: TrainOptions) => engine().estimate(options),
  summaries: (options?: SummaryOptions) => engine().summaries(options),
  tunableBlocks: () => engine().tunableBlocks(),
  status: () => engine().status,
  onStatus: (listener: (status: EngineStatus) => void) => {
    engine().addEventListener('change', () => {
      listener(engine().status);
    });
  },
  /** What the benchmarks compare with; its code comes only then. */
  peer: () => import('../../bench/peer/main.ts'),
  livePeers: () => import('../../bench/peer/live.ts'),
  networks: () => import('../../bench/peer/networks.ts'),
  /** Plans on a GPU of the page's own; their code comes only then. */
  gpuPlans: () => import('./gpu-plans.ts'),
  /**
   * The Live page before a camera of the test's own.
   *
   * @param address that the page takes first: its bases are in the folder `bases/` there
   */
  liveStage: (address?: string) => {
    if (address !== undefined) history.replaceState(null, '', address);
    return import('./live-stage.ts');
  },
  slowAnswers: () => import('./slow-answers.ts'),
  /** The reader of QR codes; its code comes only then. */
  qrCodeReader: async (...args: Parameters<typeof qrCodeReader>) =>
    (await import('../../src/camera/read-qr-code.ts')).qrCodeReader(...args),
  /** Draws films; its code comes only then. */
  drawFilm: async (film: DrawnFilm) => (await import('./films.ts')).drawFilm(film),
  drawLongFilm: async (film: LongFilm) => (await import('./films.ts')).drawLongFilm(film),
  importFiles: importAs,
  findPictures: (files: Iterable<File>) => findPictures(chosenFiles(files)),
  drawPet,
  drawMosaic,
  drawSheet,
  photos: { ...photos, addPhoto },
  photoList,
  replacePhoto,
  classes,
  models,
  versions,
  checkpoints,
  encode,
  frameHints,
  frameQuality,
  changes,
  database,
  beginFreshLog,
  noteOpenWindow,
  storageFull: { knownFull, reportFree, reportFull },
  settings,
  storedRows,
  backup,
};

export type Harness = typeof harness;

declare global {
  var harness: Harness;
}

globalThis.harness = harness;
