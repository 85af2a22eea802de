import { folderLabels } from '../folder-label.ts';
import type { FoundPicture } from '../found-picture.ts';
import {
  isPhotoProject,
  MAX_PROJECT_FILE_BYTES,
  PROJECT_FILE,
  projectLabel,
} from '../teachable-machine.ts';

/** A file of a folder or an archive that has not been read yet. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** @throws Problem if the file cannot be read */
  readonly read: () => Promise<Blob>;
}

export interface LaidOut {
  readonly pictures: readonly FoundPicture[];
  /** Number of files that are no pictures. */
  readonly passedOver: number;
}

/** The pictures of a listing, each with the label that its folder or its project gives it. */
export async function layOutFiles(files: readonly ListedFile[]): Promise<LaidOut> {
  const paths = files.map(({ path }) => path);
  const project = await isProject(files);
  const labels = project ? paths.map(projectLabel) : folderLabels(paths);
  const pictures = files.flatMap(({ path, read }, index): FoundPicture[] => {
    if (project && path === PROJECT_FILE) return [];
    const label = labels[index];
    return [{ name: path, ...(label !== undefined && { label }), read }];
  });
  return { pictures, passedOver: 0 };
}

async function isProject(files: readonly ListedFile[]): Promise<boolean> {
  const manifest = files.find(({ path }) => path === PROJECT_FILE);
  if (!manifest || manifest.bytes > MAX_PROJECT_FILE_BYTES) return false;
  const text = await manifest
    .read()
    .then((blob) => blob.text())
    // A damaged manifest is refused by name later, like a damaged photo.
    .catch(() => '');
  return isPhotoProject(text);
}
