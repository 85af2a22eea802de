import type { BackupSink } from './write-backup.ts';

const TEMPORARY = 'backup.zip';

/** Holds a backup on disk, not in memory, until the person saves it. */
export interface TemporaryFile {
  readonly sink: BackupSink;
  /** The file under a name for saving; call it after the sink is closed. */
  readonly read: (name: string) => Promise<File>;
}

/**
 * Creates the temporary file in the origin private file system; it replaces the previous one. Where
 * that cannot be written, a Blob is used, which browsers store on disk too if it is large.
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

/** Deletes the temporary file; the copy that the user saved is not affected. */
export async function dropTemporaryFile(): Promise<void> {
  const folder = await privateFolder();
  // It rejects if there is no such file, which is the desired state.
  await folder?.removeEntry(TEMPORARY).catch(() => undefined);
}

async function privateFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  // Undefined without HTTPS and in older browsers; rejects in some private windows.
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
