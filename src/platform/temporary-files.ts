import { holdLock } from './hold-lock.ts';

/** Receives the bytes of a file; a FileSystemWritableFileStream is one. */
export interface FileSink {
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(reason?: unknown): Promise<void>;
}

/** A zip archive that this window holds until the person saves it: on disk, not in memory. */
export interface TemporaryFile {
  /** The file under a name for saving; call it after the sink of a new file is closed. */
  readonly read: (name: string) => Promise<File>;
  /** No later start of the app offers the file; it stays readable as long as the window is open. */
  readonly markSaved: () => Promise<void>;
  /** Deletes the file; a copy that the person saved is not affected. */
  readonly remove: () => Promise<void>;
}

/** A temporary file that is not written yet. */
export interface NewTemporaryFile extends TemporaryFile {
  readonly sink: FileSink;
}

/** A finished file that was not saved, and when it was written, in ms since the epoch. */
export interface UnsavedFile extends TemporaryFile {
  readonly writtenAt: number;
}

/** A file that nobody saved for so long is deleted: it takes as much space as the library. */
const STALE_MS = 7 * 24 * 3600_000;

/** What belongs to a file is beside it: the marker that it was saved, and Chromium's unfinished copy. */
const BESIDE = '(\\.saved|.*\\.crswap)?';
const MARKER = '.saved';
const lockOf = (name: string) => `purrceptron-${name}`;

/** Zip archives of one kind in the origin private file system. Each has a name of its own. */
export class TemporaryFiles {
  readonly #kind: string;
  /** Matches an entry of this kind; its first group is the name of the file. */
  readonly #entry: RegExp;

  /** @param kind begins the names of its files, such as `backup` */
  constructor(kind: string) {
    this.#kind = kind;
    // The first version of the app had one file for all backups, without an id.
    this.#entry = new RegExp(`^(${kind}(?:-[\\w-]+)?\\.zip)${BESIDE}$`);
  }

  /**
   * Creates a file. The window holds a Web Lock on it, so no other window deletes or offers it. Where
   * no file can be written, a Blob is used, which browsers store on disk too if it is large.
   */
  async open(): Promise<NewTemporaryFile> {
    const folder = await privateFolder();
    if (!folder) return blobFile();
    const name = `${this.#kind}-${crypto.randomUUID()}.zip`;
    const release = await holdLock(lockOf(name));
    const file = this.#fileIn(folder, name, () => release?.());
    try {
      const handle = await folder.getFileHandle(name, { create: true });
      // Safari before 26 has no `createWritable`.
      return { ...file, sink: await handle.createWritable() };
    } catch {
      await file.remove().catch(() => undefined);
      return blobFile();
    }
  }

  /**
   * The finished files that no open window holds, because theirs was reloaded, closed or crashed
   * before they were saved; from now on this window holds them. Saved, unfinished and stale ones are
   * deleted.
   */
  async findUnsaved(): Promise<UnsavedFile[]> {
    const folder = await privateFolder();
    if (!folder) return [];
    const names = new Set<string>();
    for await (const name of folder.keys()) {
      const [, file] = this.#entry.exec(name) ?? [];
      if (file !== undefined) names.add(file);
    }
    const unsaved: UnsavedFile[] = [];
    for (const name of names) {
      const release = await holdLock(lockOf(name));
      if (!release) continue;
      const file = this.#fileIn(folder, name, release);
      const writtenAt = await timeOfUnsaved(folder, name);
      if (writtenAt === undefined) await file.remove();
      else unsaved.push({ ...file, writtenAt });
    }
    return unsaved;
  }

  /** Deletes all files that no open window holds. */
  async removeAbandoned(): Promise<void> {
    for (const file of await this.findUnsaved()) await file.remove();
  }

  #fileIn(folder: FileSystemDirectoryHandle, name: string, release: () => void): TemporaryFile {
    return {
      read: async (savedAs) => {
        const handle = await folder.getFileHandle(name);
        return new File([await handle.getFile()], savedAs, { type: 'application/zip' });
      },
      markSaved: async () => {
        await folder.getFileHandle(name + MARKER, { create: true });
      },
      remove: async () => {
        const entries: string[] = [];
        for await (const entry of folder.keys()) {
          if (this.#entry.exec(entry)?.[1] === name) entries.push(entry);
        }
        // The marker last: without it, the file would be offered again.
        for (const entry of entries.sort((a) => (a.endsWith(MARKER) ? 1 : -1))) {
          // It rejects if there is no such file, which is the desired state.
          await folder.removeEntry(entry).catch(() => undefined);
        }
        release();
      },
    };
  }
}

/** When the file was written; undefined if it is saved, unfinished or stale. */
async function timeOfUnsaved(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<number | undefined> {
  const handleOf = (entry: string) => folder.getFileHandle(entry).catch(() => undefined);
  if (await handleOf(name + MARKER)) return undefined;
  const file = await (await handleOf(name))?.getFile();
  // The file stays empty until its sink is closed.
  if (!file?.size || file.lastModified < Date.now() - STALE_MS) return undefined;
  return file.lastModified;
}

async function privateFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  // Undefined without HTTPS and in older browsers; rejects in some private windows.
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  return storage?.getDirectory?.().catch(() => undefined);
}

/** Only this window can offer it, and only as long as it is open. */
function blobFile(): NewTemporaryFile {
  const parts: Blob[] = [];
  const clear = () => {
    parts.length = 0;
    return Promise.resolve();
  };
  return {
    sink: {
      write: (chunk) => {
        parts.push(new Blob([chunk]));
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
      abort: clear,
    },
    read: (name) => Promise.resolve(new File(parts, name, { type: 'application/zip' })),
    markSaved: () => Promise.resolve(),
    remove: clear,
  };
}
