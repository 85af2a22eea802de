import { holdLock } from '../platform/hold-lock.ts';
import type { BackupSink } from './write-backup.ts';

/** A backup that this window holds until the person saves it: on disk, not in memory. */
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
  readonly sink: BackupSink;
}

/** A finished backup that was not saved, and when it was written, in ms since the epoch. */
export interface UnsavedFile extends TemporaryFile {
  readonly writtenAt: number;
}

/** A backup that nobody saved for so long is deleted: it takes as much space as the library. */
const STALE_MS = 7 * 24 * 3600_000;

/**
 * The file of each backup has its own name, in the origin private file system. The first version of
 * the app had one file for all. Beside it are the marker of a saved backup, and what Chromium has
 * written of an unfinished one.
 */
const ENTRY = /^(backup(?:-[\w-]+)?\.zip)(\.saved|.*\.crswap)?$/;
const MARKER = '.saved';
const lockOf = (name: string) => `purrceptron-${name}`;

/**
 * Creates a temporary file in the origin private file system. The window holds a Web Lock on it, so
 * no other window deletes or offers it. Where no file can be written, a Blob is used, which browsers
 * store on disk too if it is large.
 */
export async function openTemporaryFile(): Promise<NewTemporaryFile> {
  const folder = await privateFolder();
  if (!folder) return blobFile();
  const name = `backup-${crypto.randomUUID()}.zip`;
  const release = await holdLock(lockOf(name));
  const handle = await folder.getFileHandle(name, { create: true });
  const file = fileIn(folder, name, () => release?.());
  if (typeof handle.createWritable === 'function') {
    return { ...file, sink: await handle.createWritable() };
  }
  await file.remove();
  return blobFile();
}

/**
 * The finished backups that no open window holds, because theirs was reloaded, closed or crashed
 * before they were saved; from now on this window holds them. Saved, unfinished and stale ones are
 * deleted.
 */
export async function findUnsaved(): Promise<UnsavedFile[]> {
  const folder = await privateFolder();
  if (!folder) return [];
  const names = new Set<string>();
  for await (const name of folder.keys()) {
    const [, file] = ENTRY.exec(name) ?? [];
    if (file !== undefined) names.add(file);
  }
  const unsaved: UnsavedFile[] = [];
  for (const name of names) {
    const release = await holdLock(lockOf(name));
    if (!release) continue;
    const file = fileIn(folder, name, release);
    const writtenAt = await timeOfUnsaved(folder, name);
    if (writtenAt === undefined) await file.remove();
    else unsaved.push({ ...file, writtenAt });
  }
  return unsaved;
}

/** When the backup was written; undefined if it is saved, unfinished or stale. */
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

function fileIn(
  folder: FileSystemDirectoryHandle,
  name: string,
  release: () => void,
): TemporaryFile {
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
        if (ENTRY.exec(entry)?.[1] === name) entries.push(entry);
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
