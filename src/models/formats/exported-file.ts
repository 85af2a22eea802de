/** A file of an export. */
export interface ExportedFile {
  /** Path within the archive. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
