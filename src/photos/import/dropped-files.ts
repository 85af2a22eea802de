import { msg } from '../../i18n/msg.ts';
import type { ChosenFile, RefusedFile, SearchControl } from './found-picture.ts';

interface DroppedFiles {
  readonly chosen: readonly ChosenFile[];
  readonly refused: readonly RefusedFile[];
}

/** Lists dropped files. It rejects with the signal's reason when it is aborted. */
export type ListDropped = (control: SearchControl) => Promise<DroppedFiles>;

/** Nobody nests folders deeper than this, but a file system with a loop never ends. */
const MAX_DEPTH = 20;

/**
 * The dropped or pasted files, including those in folders. It must be called within the event,
 * because the DataTransfer is empty afterwards; the returned function reads the folders.
 */
export function droppedFiles(transfer: DataTransfer): ListDropped {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  return async ({ signal, onSeen }) => {
    // If one item has no entry, such as a picture dragged from a page, all are read as files.
    if (!entries.every((entry) => entry !== null)) {
      return { chosen: files.map((file) => ({ file, path: file.name })), refused: [] };
    }
    const chosen: ChosenFile[] = [];
    const refused: RefusedFile[] = [];
    const refuse = (entry: FileSystemEntry, reason: string) => {
      refused.push({ name: pathOf(entry), reason });
    };
    for await (const entry of walk(entries, refuse, signal)) {
      onSeen?.(chosen.length + refused.length + 1);
      try {
        chosen.push({ file: await fileOf(entry), path: pathOf(entry) });
      } catch {
        refuse(entry, msg('The file could not be read.'));
      }
    }
    return { chosen, refused };
  };
}

/** The files of folders; a folder that cannot be read is refused and does not stop the others. */
async function* walk(
  entries: readonly FileSystemEntry[],
  refuse: (entry: FileSystemEntry, reason: string) => void,
  signal: AbortSignal | undefined,
  depth = 0,
): AsyncGenerator<FileSystemFileEntry> {
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (entry.isFile) {
      yield entry as FileSystemFileEntry;
    } else if (depth >= MAX_DEPTH) {
      refuse(entry, msg('The folder lies too deep in others.'));
    } else {
      const inside = await entriesOf(entry as FileSystemDirectoryEntry).catch(() => undefined);
      if (inside) yield* walk(inside, refuse, signal, depth + 1);
      else refuse(entry, msg('The folder could not be read.'));
    }
  }
}

const pathOf = ({ fullPath }: FileSystemEntry) => fullPath.replace(/^\//, '');

/** `readEntries` gives up to 100 entries per call, and an empty list at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}
