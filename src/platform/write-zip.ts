import type { RunControl } from './run-control.ts';
import type { FileSink } from './temporary-files.ts';
import { BlobReader, Uint8ArrayReader, ZipWriter } from './zip.ts';

/** A file of an archive, which is read when it is its turn. */
export interface EntryToWrite {
  readonly path: string;
  /** When the file was changed, in ms since the epoch; now by default. */
  readonly time?: number;
  /** The content; undefined if it is gone, and the entry is left out. */
  readonly read: () => Promise<ArrayBuffer | Blob | undefined>;
}

export interface ZipContents<Entry extends EntryToWrite> {
  /** Folders that exist even if they contain nothing; paths that end in `/`. */
  readonly folders?: readonly string[];
  readonly entries: readonly Entry[];
  /** Text files by path; they describe only the entries that were written. */
  readonly texts?: (written: readonly Entry[]) => Readonly<Record<string, string>>;
}

/** Numbers of entries. */
export interface WriteProgress {
  readonly done: number;
  readonly total: number;
}

interface WriteOptions {
  /** Pauses or cancels between two entries. */
  readonly control: RunControl;
  readonly onProgress?: (progress: WriteProgress) => void;
}

/**
 * Writes a zip archive without compression, entry by entry: only one entry is in memory at a time.
 *
 * @param sink receives the archive; it is closed at the end, or aborted on an error
 * @returns the entries that were written
 * @throws Problem `cancelled`, or an error of the sink or of an entry
 */
export async function writeZip<Entry extends EntryToWrite>(
  sink: FileSink,
  { folders = [], entries, texts }: ZipContents<Entry>,
  { control, onProgress }: WriteOptions,
): Promise<Entry[]> {
  const stream = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => sink.write(chunk),
  });
  const zip = new ZipWriter(stream, { level: 0, extendedTimestamp: false });
  const written: Entry[] = [];
  try {
    for (const path of folders) await zip.add(path, undefined, { directory: true });
    for (const [index, entry] of entries.entries()) {
      await control.yieldOrCancel();
      const content = await entry.read();
      if (content) {
        const reader =
          content instanceof Blob
            ? new BlobReader(content)
            : new Uint8ArrayReader(new Uint8Array(content));
        await zip.add(entry.path, reader, {
          ...(entry.time !== undefined && { lastModDate: new Date(entry.time) }),
        });
        written.push(entry);
      }
      onProgress?.({ done: index + 1, total: entries.length });
    }
    for (const [path, text] of Object.entries(texts?.(written) ?? {})) {
      await zip.add(path, new Uint8ArrayReader(new TextEncoder().encode(text)));
    }
    await zip.close();
    await sink.close();
  } catch (thrown) {
    await sink.abort(thrown).catch(() => undefined);
    throw thrown;
  }
  return written;
}
