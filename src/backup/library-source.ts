import type { BaseClient } from '../learning/api/base-client.ts';
import { loadWeights } from '../models/repository.ts';
import { listClasses } from '../photos/classes.ts';
import { inOrder } from '../photos/class-store.ts';
import { getImage, getThumbnail } from '../photos/repository.ts';
import { Problem } from '../platform/problem.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import type { ModelRecord } from '../records/model.ts';
import type { ClassRecord } from '../records/class.ts';
import type { PhotoRecord } from '../records/photo.ts';
import { read } from '../storage/database.ts';
import type { Settings } from '../storage/schema.ts';
import { SETTING_KEYS, type BackupSettings } from './backup-format.ts';

/** All records of a library at one moment. */
export interface LibraryRecords {
  readonly classes: readonly ClassRecord[];
  readonly photos: readonly PhotoRecord[];
  readonly models: readonly ModelRecord[];
  /** Base models that the person added. */
  readonly bases: readonly BaseSpec[];
  readonly settings: BackupSettings;
}

/** Where `writeBackup` reads a library. The bytes are undefined if they are gone. */
export interface LibrarySource {
  records(): Promise<LibraryRecords>;
  image(photoId: string): Promise<ArrayBuffer | undefined>;
  thumbnail(photoId: string): Promise<ArrayBuffer | undefined>;
  weights(model: ModelRecord): Promise<ArrayBuffer | undefined>;
  /** The bytes of the files of a base model, in the order of its spec. */
  baseFiles(baseId: string): Promise<readonly ArrayBuffer[] | undefined>;
}

/**
 * The library of this phone. Its records are read in one transaction, so they fit each other. Bytes
 * are read later, one by one: a photo or a model that is deleted in between is still in the backup,
 * because its bytes stay until it is purged; a base model that is removed is not.
 *
 * @param ownBases reads the files of base models
 */
export function librarySource(ownBases: Pick<BaseClient, 'files'>): LibrarySource {
  return {
    records: readRecords,
    image: async (photoId) => (await getImage(photoId))?.bytes,
    thumbnail: async (photoId) => (await getThumbnail(photoId))?.bytes,
    weights: (model) =>
      loadWeights(model).catch((thrown: unknown) => {
        if (thrown instanceof Problem && thrown.kind === 'damaged') return undefined;
        throw thrown;
      }),
    baseFiles: (baseId) => ownBases.files(baseId).catch(() => undefined),
  };
}

async function readRecords(): Promise<LibraryRecords> {
  // Creates the first classes where there are none yet.
  await listClasses();
  return read(['classes', 'photos', 'models', 'settings'], async (transaction) => {
    const store = transaction.objectStore('settings');
    const setting = <Key extends keyof Settings>(key: Key) =>
      store.get(key) as Promise<Settings[Key] | undefined>;
    const [classes, photos, models, bases = [], ...settings] = await Promise.all([
      transaction.objectStore('classes').getAll(),
      transaction.objectStore('photos').index('byCreated').getAll(),
      transaction.objectStore('models').index('byCreated').getAll(),
      setting('ownBases'),
      ...SETTING_KEYS.map(async (key) => [key, await setting(key)] as const),
    ]);
    return {
      classes: inOrder(classes),
      photos: photos.reverse(),
      models: models.reverse(),
      bases,
      settings: Object.fromEntries(settings.filter(([, value]) => value !== undefined)),
    };
  });
}
