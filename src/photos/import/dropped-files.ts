import { msg } from '../../i18n/msg.ts';
import type { ChosenFile, RefusedFile, SearchControl } from './found-picture.ts';

export interface DroppedFiles {
  readonly chosen: readonly ChosenFile[];
  readonly refused: readonly RefusedFile[];
}

/** Deeper folders no one has; a file system that never ends has. */
const MAX_DEPTH = 20;

/**
 * What was dropped: its files, and those of its folders. Must be called within the event, for what
 * was dropped is gone after it; the folders are read when the promise is asked for.
 *
 * @throws the signal's reason when it is aborted
 */
export function droppedFiles(
  transfer: DataTransfer,
): (control: SearchControl) => Promise<DroppedFiles> {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  return async ({ signal, onSeen }) => {
    // Where one of them is no entry, such as a picture dragged from a page, all come as files.
    if (!entries.every((entry) => entry !== null)) {
      return { chosen: files.map((file) => ({ file, path: file.name })), refused: [] };
    }
    const chosen: ChosenFile[] = [];
    const refused: RefusedFile[] = [];
    for await (const entry of walk(entries, signal)) {
      onSeen?.(chosen.length + refused.length + 1);
      const path = entry.fullPath.replace(/^\//, '');
      try {
        chosen.push({ file: await fileOf(entry), path });
      } catch {
        refused.push({ name: path, reason: msg('The file could not be read.') });
      }
    }
    return { chosen, refused };
  };
}

async function* walk(
  entries: readonly FileSystemEntry[],
  signal: AbortSignal | undefined,
  depth = 0,
): AsyncGenerator<FileSystemFileEntry> {
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (entry.isFile) yield entry as FileSystemFileEntry;
    else if (depth < MAX_DEPTH) {
      yield* walk(await entriesOf(entry as FileSystemDirectoryEntry), signal, depth + 1);
    }
  }
}

/** Browsers give the entries of a folder a hundred at a time, and none when they are through. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}
