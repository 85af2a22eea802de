import * as v from 'valibot';
import { msg } from '../i18n/msg.ts';
import { Uint8ArrayReader, ZipWriter } from '../platform/zip.ts';
import { sha256 } from '../platform/sha256.ts';
import type { FileSink } from '../platform/temporary-files.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import type { ModelRecord } from '../records/model.ts';
import type { PhotoRecord } from '../records/photo.ts';
import {
  FILES_PATH,
  FORMAT,
  FORMAT_VERSION,
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
import { unproved } from './backup-problem.ts';
import { photoRecord } from './backup-schema.ts';
import { parseFiles, parseLibrary, withoutOrphans } from './backup-tables.ts';
import { baseBackup } from './base-schema.ts';
import { areWeights, isPhoto, isThumbnail } from './entry-checks.ts';
import type { LibrarySource } from './library-source.ts';
import { modelRecord } from './model-schema.ts';
import { backupSettings } from './settings-schema.ts';

/** Numbers of the photos, models and base models in a backup, and what is missing. */
export interface BackupReport {
  readonly photos: number;
  readonly models: number;
  readonly bases: number;
  /** Photos that are damaged or were purged since the backup began. */
  readonly photosLeftOut: number;
  /** Photos whose class does not exist. */
  readonly photosWithoutClass: number;
  /** Localized names of the models, base models and settings that are damaged or gone. */
  readonly namesLeftOut: readonly string[];
}

/**
 * Writes the whole library, the models and the base models that the user added to a zip archive,
 * entry by entry: only one photo, model or base model is in memory at a time. The checks of
 * `openBackup` are applied to each part before it is written and to both tables before the archive
 * is closed, so that each archive that was written can be restored; what fails a check is left out
 * and reported. A photo whose thumbnail is damaged gets its image as a thumbnail.
 *
 * @param sink receives the archive; it is closed at the end, or aborted on an error
 * @throws Problem of a StorageProblemKind, Problem `unproved` if a table fails its check, an error
 *   of the sink, or the signal's reason
 */
export async function writeBackup(
  sink: FileSink,
  source: LibrarySource,
  { signal, onProgress }: BackupOptions = {},
): Promise<BackupReport> {
  const archive = new Archive(sink, signal);
  try {
    const { library, bases: specs, photosWithoutClass } = await readLibrary(source);
    const all = library.photos.length + library.models.length + specs.length;
    const total = all + 1;
    let done = 0;
    const step = () => onProgress?.({ done: ++done, total });
    const namesLeftOut: string[] = [];

    const photos: PhotoRecord[] = [];
    for (const photo of library.photos) {
      if (await addPhoto(archive, source, photo)) photos.push(photo);
      step();
    }
    const models: ModelRecord[] = [];
    for (const model of library.models) {
      if (await addModel(archive, source, model)) models.push(model);
      else namesLeftOut.push(model.name);
      step();
    }
    const bases: BaseSpec[] = [];
    for (const spec of specs) {
      if (await addBase(archive, source, spec)) bases.push(spec);
      else namesLeftOut.push(spec.name);
      step();
    }
    const settings = readableSettings(library.settings);
    if (Object.keys(settings).length < Object.keys(library.settings).length) {
      namesLeftOut.push(msg('Settings'));
    }
    await archive.close({ ...library, photos, models, bases, settings });
    step();
    return {
      photos: photos.length,
      models: models.length,
      bases: bases.length,
      photosLeftOut: library.photos.length - photos.length,
      photosWithoutClass,
      namesLeftOut,
    };
  } catch (thrown) {
    await sink.abort(thrown).catch(() => undefined);
    throw thrown;
  }
}

/** A zip archive that keeps the facts of its entries. */
class Archive {
  readonly #sink: FileSink;
  readonly #signal: AbortSignal | undefined;
  readonly #zip: ZipWriter<unknown>;
  readonly #files = new Map<string, FileFacts>();

  constructor(sink: FileSink, signal: AbortSignal | undefined) {
    this.#sink = sink;
    this.#signal = signal;
    const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (chunk) => sink.write(chunk),
    });
    this.#zip = new ZipWriter(stream, { level: 0, extendedTimestamp: false });
  }

  /** @param hash the SHA-256 of the bytes, where it is known already */
  async add(path: string, bytes: ArrayBuffer, hash?: string): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#files.set(path, { bytes: bytes.byteLength, sha256: hash ?? (await sha256(bytes)) });
    await this.#zip.add(path, new Uint8ArrayReader(new Uint8Array(bytes)));
  }

  /** Adds both tables and closes the archive, if a restore could read them. */
  async close(library: BackupLibrary): Promise<void> {
    const table = encodeJson(library);
    await this.add(LIBRARY_PATH, table);
    const files = encodeJson(Object.fromEntries(this.#files));
    try {
      const { photosWithoutClass } = parseLibrary(table);
      if (photosWithoutClass > 0) throw new Error(`${photosWithoutClass} photos without a class`);
      parseFiles(files);
    } catch (thrown) {
      throw unproved(thrown);
    }
    await this.add(FILES_PATH, files);
    await this.#zip.close();
    await this.#sink.close();
  }
}

/** @returns whether the photo was added: false where it is damaged or gone */
async function addPhoto(
  archive: Archive,
  source: LibrarySource,
  photo: PhotoRecord,
): Promise<boolean> {
  const [bytes, thumbnail] = await Promise.all([
    source.image(photo.id),
    source.thumbnail(photo.id),
  ]);
  if (!bytes || !isReadable(photoRecord, photo)) return false;
  const hash = await sha256(bytes);
  if (!isPhoto(photo, { bytes, sha256: hash })) return false;
  await archive.add(photoPath(photo.id), bytes, hash);
  const usable = thumbnail && isThumbnail(thumbnail) ? thumbnail : bytes;
  await archive.add(thumbnailPath(photo.id), usable);
  return true;
}

/** As `addPhoto`, for a model. */
async function addModel(
  archive: Archive,
  source: LibrarySource,
  model: ModelRecord,
): Promise<boolean> {
  const bytes = await source.weights(model);
  if (!bytes || !isReadable(modelRecord, model)) return false;
  const hash = await sha256(bytes);
  if (!areWeights(model, { bytes, sha256: hash })) return false;
  await archive.add(weightsPath(model.id), bytes, hash);
  return true;
}

/** As `addPhoto`, for a base model; its source verifies the files. */
async function addBase(archive: Archive, source: LibrarySource, spec: BaseSpec): Promise<boolean> {
  const files = await source.baseFiles(spec.id);
  if (!files || !isReadable(baseBackup, spec)) return false;
  for (const [i, { path }] of spec.files.entries()) {
    await archive.add(basePath(spec.id, path), files[i]!);
  }
  return true;
}

/** The settings that a restore can read. */
function readableSettings(settings: BackupSettings): BackupSettings {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.filter(([key, value]) => isReadable(backupSettings, { [key]: value })),
  );
}

async function readLibrary(source: LibrarySource) {
  const { bases, ...records } = await source.records();
  const table = withoutOrphans({
    format: FORMAT,
    version: FORMAT_VERSION,
    createdAt: Date.now(),
    ...records,
  });
  return { ...table, bases };
}

/** Whether a record passes the schema after it has become JSON, which has no NaN. */
function isReadable(schema: v.GenericSchema, record: unknown): boolean {
  return v.safeParse(schema, JSON.parse(JSON.stringify(record)), { abortEarly: true }).success;
}

function encodeJson(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(value)).buffer;
}
