import { openBackup } from '../../src/backup/read-backup.ts';
import { restoreBackup } from '../../src/backup/restore-backup.ts';
import { librarySource } from '../../src/backup/library-source.ts';
import { writeBackup } from '../../src/backup/write-backup.ts';
import { BaseClient } from '../../src/learning/api/base-client.ts';
import { backupFiles } from '../../src/backup/backup-files.ts';
import { saveModel } from '../../src/models/repository.ts';
import { encodePhoto } from '../../src/image/encode.ts';
import { removeClass } from '../../src/photos/classes.ts';
import { addPhoto } from '../../src/photos/store-photos.ts';
import { sha256 } from '../../src/platform/sha256.ts';
import type { ClassRecord } from '../../src/records/class.ts';
import type { PhotoRecord } from '../../src/records/photo.ts';
import { read, write as databaseWrite } from '../../src/storage/database.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import { QUICK } from '../fixtures/quick-hyperparameters.ts';

let written: Blob | undefined;

/** Base models of one's own are kept beside those of a folder. */
const ownBases = (bases: string) => new BaseClient(new URL(bases, document.baseURI).href);

/** Writes a backup, which the page keeps for `restore`. */
export async function write(bases = 'bases/') {
  const { sink, read } = await backupFiles.open();
  const report = await writeBackup(sink, librarySource(ownBases(bases)));
  // As the person's own copy: the temporary file is overwritten by the next one.
  written = new Blob([await (await read('backup.zip')).arrayBuffer()]);
  return { ...report, bytes: written.size };
}

/** What was written. */
export const bytes = () => written!.arrayBuffer();

/** Restores a file that the test put into the page's file input. */
export async function restoreInput() {
  const file = document.querySelector('input')!.files![0]!;
  return restoreBackup(await openBackup(file), ownBases('bases/'));
}

/** Restores the backup, or what became of it: some bytes changed, the end cut off. */
export async function restore(damage: { flip?: number; cut?: number } = {}, bases = 'bases/') {
  const bytes = new Uint8Array(await written!.arrayBuffer());
  if (damage.flip !== undefined) bytes[damage.flip]! ^= 0x41;
  const file = new Blob([damage.cut === undefined ? bytes : bytes.subarray(0, damage.cut)]);
  return restoreBackup(await openBackup(file), ownBases(bases));
}

/** Restores the backup; a class is removed, as in another window, while its photos are read. */
export async function restoreWhileRemoving(classId: string) {
  const backup = await openBackup(written!);
  let removed: Promise<unknown> | undefined;
  const read = async (path: string) => {
    removed ??= removeClass(classId);
    await removed;
    return backup.read(path);
  };
  return restoreBackup({ ...backup, read }, ownBases('bases/'));
}

/** Rows of a library, as another version of the app or another phone may have left them. */
export interface PlainLibrary {
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  readonly models: readonly ModelRecord[];
  /** By their path in a backup. */
  readonly bytes: Readonly<Record<string, readonly number[]>>;
}

/** Puts rows into the library as they are. */
export async function putRows({ classes, photos, models, bytes }: PlainLibrary): Promise<void> {
  const at = (path: string) => new Uint8Array(bytes[path]!).buffer;
  await databaseWrite(
    ['classes', 'photos', 'images', 'thumbnails', 'models', 'modelWeights'],
    async (transaction) => {
      const type = 'image/jpeg';
      const store = transaction.objectStore.bind(transaction);
      await store('classes').clear();
      for (const record of classes) await store('classes').put(record);
      for (const photo of photos) {
        const { id } = photo;
        await store('photos').put(photo);
        await store('images').put({ photoId: id, bytes: at(`photos/${id}.jpg`), type });
        await store('thumbnails').put({ photoId: id, bytes: at(`thumbnails/${id}.jpg`), type });
      }
      for (const model of models) {
        await store('models').put(model);
        await store('modelWeights').put({
          modelId: model.id,
          bytes: at(`models/${model.id}.weights`),
        });
      }
    },
  );
}

/** Where in the backup the weights of a base model of one's own stand. */
export async function placeOfBase(id: string, bases: string): Promise<number> {
  const zip = new Uint8Array(await written!.arrayBuffer());
  const [, weights] = await ownBases(bases).files(id);
  const start = new Uint8Array(weights!, 0, 64);
  const place = zip.findIndex((_, at) => start.every((byte, i) => zip[at + i] === byte));
  if (place < 0) throw new Error('The backup does not hold them');
  return place;
}

/** SHA-256 of all that a backup is to bring back, and how much it is. */
export async function digest() {
  const stores = ['classes', 'photos', 'images', 'thumbnails', 'models', 'modelWeights'] as const;
  const lines: string[] = [];
  for (const store of stores) {
    const rows = await read([store], (transaction) => transaction.objectStore(store).getAll());
    for (const row of rows) {
      const bytes = 'bytes' in row && row.bytes instanceof ArrayBuffer ? row.bytes : undefined;
      const facts = JSON.stringify(row, Object.keys(flat(row)).sort());
      lines.push(`${store} ${facts} ${bytes ? await sha256(bytes) : ''}`);
    }
  }
  const all = new TextEncoder().encode(lines.sort().join('\n'));
  return { sha256: await sha256(all), rows: lines.length };
}

/** A number of small photos of noise, all different, half of them of each kind. */
export async function addNoise(count: number): Promise<void> {
  const canvas = new OffscreenCanvas(48, 48);
  const context = canvas.getContext('2d')!;
  for (let i = 0; i < count; i++) {
    const picture = new ImageData(48, 48);
    for (let k = 0; k < picture.data.length; k += 4) {
      picture.data.set([Math.random() * 255, Math.random() * 255, Math.random() * 255, 255], k);
    }
    context.putImageData(picture, 0, 0);
    const encoded = await encodePhoto(canvas);
    await addPhoto({ ...encoded, classId: i % 2 ? 'cat' : 'dog', source: 'file' });
  }
}

/** A model that nobody trained, the active one. */
export async function addModel(photoIds: readonly string[]): Promise<ModelRecord> {
  const weights = Float32Array.from({ length: 1281 }, Math.random).buffer;
  return saveModel(
    {
      id: crypto.randomUUID(),
      base: { id: 'openimages', inputSize: 224, featureSpaceId: 'some-space' },
      classes: [
        { id: 'cat', name: 'Cat', palette: 0 },
        { id: 'dog', name: 'Dog', palette: 1 },
      ],
      hyperparameters: { ...QUICK, l2: 0.05, priorTemperature: 0.55 },
      history: [{ epoch: 1, loss: 0.5, accuracy: 0.75 }],
      temperature: 1,
      trainingSetHash: 'some-hash',
      photoIds: { train: photoIds, validation: [], test: [] },
      backend: 'wasm',
      seconds: 1,
      weights: [
        { name: 'dense/kernel', shape: [1280, 1], dtype: 'float32' },
        { name: 'dense/bias', shape: [1], dtype: 'float32' },
      ],
    },
    weights,
  );
}

/** Every key at every depth, for `JSON.stringify` to write them all in one order. */
function flat(value: unknown, keys: Record<string, true> = {}): Record<string, true> {
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer) return keys;
  for (const [key, inner] of Object.entries(value)) {
    keys[key] = true;
    flat(inner, keys);
  }
  return keys;
}
