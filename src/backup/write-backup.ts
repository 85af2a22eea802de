import { Uint8ArrayReader, ZipWriter } from '../platform/zip.ts';
import { listModels, loadWeights } from '../models/repository.ts';
import { listClasses } from '../photos/classes.ts';
import { getImage, getThumbnail, listPhotos } from '../photos/repository.ts';
import type { BaseClient } from '../learning/api/base-client.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import { sha256 } from '../platform/sha256.ts';
import { getSetting } from '../storage/settings.ts';
import {
  FILES_PATH,
  FORMAT,
  FORMAT_VERSION,
  SETTING_KEYS,
  LIBRARY_PATH,
  basePath,
  photoPath,
  thumbnailPath,
  weightsPath,
  type BackupLibrary,
  type BackupOptions,
  type BackupSettings,
  type FileFacts,
} from './backup-format.ts';

/** Receives the bytes of a backup; a FileSystemWritableFileStream is one. */
export interface BackupSink {
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}

/** Numbers of the photos, models and base models in a backup. */
export interface BackupReport {
  readonly photos: number;
  readonly models: number;
  readonly bases: number;
  /**
   * Photos, models and base models that are missing, because they are damaged or were just deleted.
   */
  readonly leftOut: number;
}

/**
 * Writes the whole library, the models and the base models that the user added to a zip archive,
 * entry by entry: only one photo, model or base model is in memory at a time.
 *
 * @param sink receives the archive; it is closed at the end, or aborted on an error
 * @param ownBases reads the files of base models
 * @throws Problem of a StorageProblemKind, an error of the sink, or the signal's reason
 */
export async function writeBackup(
  sink: BackupSink,
  ownBases: Pick<BaseClient, 'files'>,
  { signal, onProgress }: BackupOptions = {},
): Promise<BackupReport> {
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => sink.write(chunk),
  });
  const zip = new ZipWriter(stream, { level: 0, extendedTimestamp: false });
  const files = new Map<string, FileFacts>();
  const add = async (path: string, bytes: Uint8Array<ArrayBuffer>) => {
    signal?.throwIfAborted();
    files.set(path, { bytes: bytes.byteLength, sha256: await sha256(bytes) });
    await zip.add(path, new Uint8ArrayReader(bytes));
  };
  try {
    const library = await readLibrary();
    const specs = library.bases;
    const all = library.photos.length + library.models.length + specs.length;
    const total = all + 1;
    let done = 0;
    const step = () => onProgress?.({ done: ++done, total });

    const photos = [];
    for (const photo of library.photos) {
      const [image, thumbnail] = await Promise.all([getImage(photo.id), getThumbnail(photo.id)]);
      if (image && thumbnail && (await sha256(image.bytes)) === photo.sha256) {
        await add(photoPath(photo.id), new Uint8Array(image.bytes));
        await add(thumbnailPath(photo.id), new Uint8Array(thumbnail.bytes));
        photos.push(photo);
      }
      step();
    }
    const models = [];
    for (const model of library.models) {
      const weights = await loadWeights(model).catch(() => undefined);
      if (weights) {
        await add(weightsPath(model.id), new Uint8Array(weights));
        models.push(model);
      }
      step();
    }
    const bases: BaseSpec[] = [];
    for (const spec of specs) {
      const bytes = await ownBases.files(spec.id).catch(() => undefined);
      if (bytes) {
        for (const [i, { path }] of spec.files.entries()) {
          await add(basePath(spec.id, path), new Uint8Array(bytes[i]!));
        }
        bases.push(spec);
      }
      step();
    }
    await add(LIBRARY_PATH, encodeJson({ ...library, photos, models, bases }));
    await add(FILES_PATH, encodeJson(Object.fromEntries(files)));
    step();
    await zip.close();
    await sink.close();
    const written = { photos: photos.length, models: models.length, bases: bases.length };
    return { ...written, leftOut: all - photos.length - models.length - bases.length };
  } catch (thrown) {
    await sink.abort(thrown).catch(() => undefined);
    throw thrown;
  }
}

async function readLibrary(): Promise<BackupLibrary & { readonly bases: readonly BaseSpec[] }> {
  const [classes, photos, models, bases = [], settings] = await Promise.all([
    listClasses(),
    listPhotos(),
    listModels(),
    getSetting('ownBases'),
    readSettings(),
  ]);
  return {
    format: FORMAT,
    version: FORMAT_VERSION,
    createdAt: Date.now(),
    classes,
    photos,
    models,
    bases,
    settings,
  };
}

async function readSettings(): Promise<BackupSettings> {
  const all = SETTING_KEYS.map(async (key) => [key, await getSetting(key)] as const);
  const set = (await Promise.all(all)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set);
}

function encodeJson(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}
