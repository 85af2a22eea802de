import type { Split } from '../../records/photo.ts';
import type { FileFacts } from './file-key.ts';

/**
 * A file that may be a picture, on its own, in a folder or in an archive. It has not been read yet.
 */
export interface FoundPicture {
  /**
   * Its path within what was chosen, or its name: what the user recognizes. It is compared and
   * shown, and never used to open a file.
   */
  readonly name: string;
  /** What its folder, its name or a list calls it; see `readLayout`. */
  readonly label?: string;
  /** The split that its data set puts it in. */
  readonly split?: Split;
  /** What an archive states of it before it is unpacked: see `FileFacts`. */
  readonly stated?: Pick<FileFacts, 'size' | 'stamp'>;
  /**
   * Reads the bytes of the file.
   *
   * @throws Problem `archive-entry` for a damaged file of an archive
   */
  readonly read: () => Promise<Blob>;
}

/** A file that is not imported. */
export interface RefusedFile {
  readonly name: string;
  /** A localized sentence. */
  readonly reason: string;
}

/** The pictures that were found among files, folders and archives. */
export interface Findings {
  readonly pictures: readonly FoundPicture[];
  readonly refused: readonly RefusedFile[];
  /** Number of files that are neither pictures nor films, by their names or by their bytes. */
  readonly passedOver: number;
  /** What was chosen and is no photo, such as a backup. */
  readonly elsewhere: readonly Elsewhere[];
}

/** Something chosen that does not belong here, and where it belongs. */
export interface Elsewhere {
  /**
   * `backup`: to be restored; `model`: to be added as a base; `photos`: to be imported; `nowhere`:
   * not read by the app.
   */
  readonly kind: 'backup' | 'model' | 'photos' | 'nowhere';
  /** Why the app does not read it. */
  readonly fault?: 'archive' | 'model' | 'locked' | 'packed' | 'probabilities';
  /** Of the file, the archive or the folder. */
  readonly name: string;
  /** A localized sentence that says what it is. */
  readonly sentence: string;
  /** What the place where it belongs reads. */
  readonly files: readonly ChosenFile[];
}

/** A file that the user chose. */
export interface ChosenFile {
  readonly file: File;
  /** Its path within the chosen folder, or its name if it was chosen on its own. */
  readonly path: string;
}

/** Cancels a search and observes its progress. */
export interface SearchControl {
  readonly signal?: AbortSignal;
  /** Called with the number of files found so far. */
  readonly onSeen?: (files: number) => void;
}
