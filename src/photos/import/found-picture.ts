/** A file that may be a picture, wherever it lies. Nothing of it was read yet. */
export interface FoundPicture {
  /** What the person knows it by, such as its path. Shown, never used as an address. */
  readonly name: string;
  /** The folder that says what it shows, or its class in a Teachable Machine project. */
  readonly label?: string;
  /** Its bytes. @throws Problem of a RefusalKind */
  readonly read: () => Promise<Blob>;
}

export interface RefusedFile {
  readonly name: string;
  /** A sentence for the person. */
  readonly reason: string;
}

/** What was found among files, folders and archives. */
export interface Findings {
  readonly pictures: readonly FoundPicture[];
  readonly refused: readonly RefusedFile[];
}

/** A file with the path that it was chosen under; the path is its name where there is no folder. */
export interface ChosenFile {
  readonly file: File;
  readonly path: string;
}

/** How a search goes on, and how it is ended. */
export interface SearchControl {
  readonly signal?: AbortSignal;
  /** Called with the number of files that were seen so far. */
  readonly onSeen?: (files: number) => void;
}
