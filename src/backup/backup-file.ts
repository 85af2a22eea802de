import type { BackupSink } from './write-backup.ts';

const TEMPORARY = 'backup.zip';

/** Where a backup is written until the person saves it: a file of the browser's own, not memory. */
export interface TemporaryFile {
  readonly sink: BackupSink;
  /** The file, once the sink is closed. */
  readonly read: (name: string) => Promise<File>;
}

/**
 * A new temporary file in the origin private file system, in place of the one before. Browsers
 * without a writable one there get a Blob, which they too keep on disk when it is large.
 */
export async function openTemporaryFile(): Promise<TemporaryFile> {
  const folder = await privateFolder();
  if (!folder) return blobFile();
  const handle = await folder.getFileHandle(TEMPORARY, { create: true });
  if (typeof handle.createWritable !== 'function') return blobFile();
  const sink = await handle.createWritable();
  return {
    sink,
    read: async (name) => new File([await handle.getFile()], name, { type: 'application/zip' }),
  };
}

/** Frees what the last backup takes here; the file that the person saved is another one. */
export async function dropTemporaryFile(): Promise<void> {
  const folder = await privateFolder();
  // Not there is what is wanted.
  await folder?.removeEntry(TEMPORARY).catch(() => undefined);
}

async function privateFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  // Absent without HTTPS and in older browsers, refused in some private windows.
  const storage = navigator.storage as Partial<StorageManager> | undefined;
  return storage?.getDirectory?.().catch(() => undefined);
}

function blobFile(): TemporaryFile {
  const parts: Blob[] = [];
  return {
    sink: {
      write: (chunk) => {
        parts.push(new Blob([chunk]));
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
      abort: () => {
        parts.length = 0;
        return Promise.resolve();
      },
    },
    read: (name) => Promise.resolve(new File(parts, name, { type: 'application/zip' })),
  };
}
