import type { PhotoSource } from '../../records/photo.ts';
import type { ListDropped } from './dropped-files.ts';
import { chosenFiles, findPictures } from './find-pictures.ts';
import type { Findings, SearchControl } from './found-picture.ts';
import { discardShared, type SharedFile } from './shared-files.ts';

/** Where pictures to import come from. */
export interface PictureSource {
  readonly source: PhotoSource;
  /** Lists the pictures. @throws the signal's reason when it is aborted */
  readonly find: (control: SearchControl) => Promise<Findings>;
  /** Called after an import that tried every picture. */
  readonly whenAllTried?: () => Promise<void>;
}

/** Files, folders and archives that were chosen. */
export function fromFiles(files: Iterable<File>): PictureSource {
  const chosen = chosenFiles(files);
  return { source: 'file', find: (control) => findPictures(chosen, control) };
}

/** Dropped or pasted files, folders and archives. */
export function fromDropped(list: ListDropped): PictureSource {
  return {
    source: 'file',
    find: async (control) => {
      const { chosen, refused } = await list(control);
      const found = await findPictures(chosen, control);
      return { ...found, refused: [...refused, ...found.refused] };
    },
  };
}

/** Files that another app shared. They stay stored until an import has tried all of them. */
export function fromShared(shared: readonly SharedFile[]): PictureSource {
  const { find } = fromFiles(shared.map(({ file }) => file));
  return {
    source: 'shared',
    find,
    whenAllTried: () => discardShared(shared.map(({ key }) => key)),
  };
}
