import { msg } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import type { Elsewhere, Findings, RefusedFile } from '../found-picture.ts';
import { pathParts } from '../../../platform/archive/ignored-path.ts';
import { fileType } from '../layout/file-type.ts';
import { layOutFiles, type ListedFile } from '../layout/lay-out-files.ts';
import { isLabelFile } from '../layout/read-layout.ts';
import { Budget, MAX_ARCHIVE_BYTES, tooLargeArchive } from './archive-limits.ts';
import { modelFile, otherArchive, probabilityTable } from './elsewhere.ts';
import { isArchiveName } from './large-file.ts';
import type { Listing } from './listing.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import { isModelName, kindOfFile } from './recognise-file.ts';
import { setAside } from './set-aside.ts';

/** What a document or a program holds that is packed as a zip, under whatever name. */
const DOCUMENT = /^(\[Content_Types\]\.xml|AndroidManifest\.xml|mimetype)$/;

type ArchiveKind = 'zip' | 'tar' | 'gzip';

/**
 * The pictures of a zip or tar archive or of a Teachable Machine project, and of the archives in it.
 * Only the lists of its files are read; each picture is unpacked when it is read.
 *
 * @throws Problem `archive` when the whole archive is refused
 */
export async function readArchive(archive: File, kind: ArchiveKind = 'zip'): Promise<Findings> {
  // Formats of models that are zips: of Keras 3, of PyTorch.
  if (isModelName(archive.name)) {
    const files = [{ file: archive, path: archive.name }];
    const elsewhere = [modelFile(archive.name, files)];
    return { pictures: [], passedOver: 0, refused: [], elsewhere };
  }
  const listing = await open(archive, kind, new Budget(), true);
  const laidOut = await layOutFiles(listing.files, stemOfArchive(archive.name));
  const { pictures, probabilities } = laidOut;
  const elsewhere = [...listing.elsewhere, ...probabilities.map(probabilityTable)];
  const passedOver = laidOut.passedOver + (listing.passedOver ?? 0);
  return { ...listing, pictures, elsewhere, passedOver };
}

/** @param opens whether archives in it are opened: not those in them, which could be endless */
async function open(
  archive: File,
  kind: ArchiveKind,
  budget: Budget,
  opens: boolean,
): Promise<Listing> {
  if (archive.size > MAX_ARCHIVE_BYTES) throw tooLargeArchive();
  const listing =
    kind === 'zip'
      ? await readZip(archive, archive.name, budget)
      : await readTar(archive, kind, archive.name, budget);
  if (listing.files.some(({ path }) => DOCUMENT.test(path))) {
    return { files: [], refused: [], elsewhere: [], passedOver: 1 };
  }
  const whole = [{ file: archive, path: archive.name }];
  const aside = await setAside(listing.files, () => whole, archive.name);
  // What belongs elsewhere is read there from zips only.
  const isOpened = kind === 'zip' || aside.elsewhere.length === 0;
  const { rest } = aside;
  const elsewhere = isOpened ? aside.elsewhere : [otherArchive(archive.name)];
  const files: ListedFile[] = [];
  const refused: RefusedFile[] = [...listing.refused];
  const elsewhereInside: Elsewhere[] = [...listing.elsewhere, ...elsewhere];
  let passedOver = listing.passedOver ?? 0;
  for (const file of rest) {
    if (!isArchiveName(file.path)) {
      if (await mayBePicture(file)) files.push(file);
      else passedOver++;
      continue;
    }
    const inside = await openInside(file, budget, opens);
    files.push(...inside.files);
    refused.push(...inside.refused);
    elsewhereInside.push(...inside.elsewhere);
    passedOver += inside.passedOver ?? 0;
  }
  return { files, refused, elsewhere: elsewhereInside, passedOver };
}

/**
 * Whether a file may be a picture or a film, by its name; its bytes are asked only where that says
 * nothing.
 */
async function mayBePicture({ path, read }: ListedFile): Promise<boolean> {
  const name = pathParts(path).at(-1) ?? '';
  if (fileType(name) !== 'unknown' || isLabelFile(path)) return true;
  try {
    const kind = await kindOfFile(await read(), name);
    return kind === 'picture' || kind === 'film';
  } catch {
    // The error is reported when the file is read.
    return true;
  }
}

/** The files of an archive in an archive, as if it were a folder. */
async function openInside(file: ListedFile, budget: Budget, opens: boolean): Promise<Listing> {
  const { path } = file;
  const name = path.split('/').at(-1)!;
  try {
    if (!opens) return nothing([otherArchive(name)]);
    const archive = new File([await file.read()], name);
    const kind = await kindOfFile(archive, name);
    if (kind !== 'zip' && kind !== 'tar' && kind !== 'gzip') return nothing([otherArchive(name)]);
    const { files, ...rest } = await open(archive, kind, budget, false);
    const folder = folderFor(path, files);
    return { ...rest, files: files.map((one) => ({ ...one, path: folder + one.path })) };
  } catch (thrown) {
    const { message } = Problem.from(thrown, msg('The archive could not be opened.'));
    return { files: [], refused: [{ name: path, reason: message }], elsewhere: [] };
  }
}

const nothing = (elsewhere: readonly Elsewhere[]): Listing => ({
  files: [],
  refused: [],
  elsewhere,
});

/** A folder named like the archive, unless all of its files are in such a folder already. */
function folderFor(path: string, files: readonly ListedFile[]): string {
  const start = path.lastIndexOf('/') + 1;
  const stem = stemOfArchive(path.slice(start));
  const isDoubled = files.every((file) => file.path.startsWith(`${stem}/`));
  return path.slice(0, start) + (isDoubled ? '' : `${stem}/`);
}

const stemOfArchive = (name: string) => name.replace(/\.(tar\.)?\w+$/, '');
