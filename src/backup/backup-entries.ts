import { unpackZipEntry, zipEntryBlob } from '../platform/archive/read-entry.ts';
import { listZip, type ZipEntry } from '../platform/archive/zip-directory.ts';
import type { ChosenFile } from '../photos/import/found-picture.ts';
import { isIgnored } from '../platform/archive/ignored-path.ts';
import { FILES_PATH, LIBRARY_PATH, MAX_ENTRIES } from './backup-format.ts';

/** What a backup is read from: its zip, or the files of its folder, which some browsers unpack. */
export type BackupSource = Blob | readonly ChosenFile[];

/** The central directory of MAX_ENTRIES entries takes half of these bytes. */
const LIMITS = { entries: MAX_ENTRIES, bytes: 64_000_000 };

/** An entry that has not been read yet. */
interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly read: () => Promise<ArrayBuffer>;
}

/**
 * The entries of a backup by their names, however it is packed: stored or compressed, in a folder, or
 * unpacked. A zip may hold nothing but the zip of the backup. Names are only looked up and never used
 * as paths. The contents of the entries are not checked here.
 */
export class BackupEntries {
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(entries: ReadonlyMap<string, Entry>) {
    this.#entries = entries;
  }

  /**
   * Lists the entries.
   *
   * @throws Error if the file is no zip archive, has too many entries, or two of the same name
   */
  static async list(source: BackupSource): Promise<BackupEntries> {
    const entries = source instanceof Blob ? await ofZip(source) : ofFiles(source);
    const folder = folderOfBackup(entries);
    const inside = new Map<string, Entry>();
    for (const entry of entries) {
      if (!entry.path.startsWith(folder)) continue;
      const name = entry.path.slice(folder.length);
      if (inside.has(name)) throw new Error(`${name} is in it twice`);
      inside.set(name, entry);
    }
    return new BackupEntries(inside);
  }

  /** The declared size of an entry in bytes; undefined if there is no entry of that name. */
  sizeOf(name: string): number | undefined {
    return this.#entries.get(name.normalize('NFC'))?.bytes;
  }

  /**
   * The bytes of an entry, as many as it declares.
   *
   * @throws Error if there is no such entry, or it is damaged or encrypted
   */
  async read(name: string): Promise<ArrayBuffer> {
    const entry = this.#entries.get(name.normalize('NFC'));
    if (!entry) throw new Error(`${name} is not there`);
    return entry.read();
  }
}

async function ofZip(file: Blob, opensInner = true): Promise<Entry[]> {
  const entries = (await listZip(file, LIMITS)).filter(({ path }) => !isIgnored(path));
  const [only] = entries;
  // Some programs pack what is packed already.
  if (opensInner && only && entries.length === 1 && /\.zip$/i.test(only.path)) {
    return ofZip(await zipEntryBlob(file, only), false);
  }
  return entries.map((entry: ZipEntry) => ({
    path: entry.path,
    bytes: entry.uncompressedSize,
    read: async () => (await unpackZipEntry(file, entry)).buffer,
  }));
}

function ofFiles(files: readonly ChosenFile[]): Entry[] {
  return files.map(({ file, path }) => ({
    path: path.normalize('NFC'),
    bytes: file.size,
    read: () => file.arrayBuffer(),
  }));
}

/** The folder that holds both tables, such as `a/b/`; the outermost one of several. */
function folderOfBackup(entries: readonly Entry[]): string {
  const paths = new Set(entries.map(({ path }) => path));
  const folders = [...paths]
    .filter((path) => path === LIBRARY_PATH || path.endsWith(`/${LIBRARY_PATH}`))
    .map((path) => path.slice(0, -LIBRARY_PATH.length))
    .filter((folder) => paths.has(folder + FILES_PATH));
  return folders.sort((a, b) => a.length - b.length)[0] ?? '';
}
