import type { Split } from '../../records/photo.ts';
import { csv } from './csv.ts';
import { folderNames } from './folder-names.ts';
import {
  classesOf,
  type ExportedPhoto,
  type ExportEntry,
  type PhotoExport,
} from './photo-export.ts';

const SPLITS: readonly Split[] = ['train', 'validation', 'test'];
/** Also the fewest digits in a file name, so that names sort as the photos do. */
const FEWEST_DIGITS = 4;

/**
 * A data set in folders, as `keras.utils.image_dataset_from_directory` and most other tools read it:
 * `train/Cat/Cat-0001.jpg`, `validation/…`, `test/…`, by the splits that Train uses. Each split that
 * has a photo has a folder for each class, so that all splits give the same class indices. Beside
 * the folders is `labels.csv`: file, label, split (`side`), when it was taken and added (ISO 8601,
 * UTC), how it was added, its group of near-duplicates, its id, from which its augmentations follow,
 * and the place of its class among the classes.
 *
 * @param scripts further text files by path; none by default
 */
export function dataSet(
  photos: readonly ExportedPhoto[],
  scripts: Readonly<Record<string, string>> = {},
): PhotoExport {
  const classes = classesOf(photos);
  const names = folderNames(classes);
  const splits = SPLITS.filter((split) => photos.some((photo) => photo.split === split));
  return {
    folders: splits.flatMap((split) => classes.map(({ id }) => `${split}/${names.get(id)!}/`)),
    entries: numbered(photos, names),
    texts: (written) => ({ 'labels.csv': table(written), ...scripts }),
  };
}

function numbered(
  photos: readonly ExportedPhoto[],
  names: ReadonlyMap<string, string>,
): ExportEntry[] {
  const digits = Math.max(FEWEST_DIGITS, String(photos.length).length);
  const counts = new Map<string, number>();
  return photos.map((exported) => {
    const { label, split } = exported;
    const name = names.get(label.id)!;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    const file = `${name}-${String(number).padStart(digits, '0')}.jpg`;
    return { ...exported, path: `${split}/${name}/${file}` };
  });
}

function table(written: readonly ExportEntry[]): string {
  const rows = written.map(({ path, label, split, photo }) => [
    path,
    label.name,
    split,
    photo.takenAt === undefined ? '' : new Date(photo.takenAt).toISOString(),
    new Date(photo.createdAt).toISOString(),
    photo.source,
    photo.burstId ?? photo.sha256,
    photo.id,
    String(label.order),
  ]);
  // The column of the splits keeps the name that it had at first: programs of users read it.
  return csv([
    ['filename', 'label', 'side', 'taken', 'added', 'source', 'group', 'id', 'order'],
    ...rows,
  ]);
}
