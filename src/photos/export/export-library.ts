import { fileStamp } from '../../platform/file-stamp.ts';
import type { RunControl } from '../../platform/run-control.ts';
import { TemporaryFiles, type TemporaryFile } from '../../platform/temporary-files.ts';
import type { WriteProgress } from '../../platform/write-zip.ts';
import { listClasses } from '../classes.ts';
import { getImage, listPhotos } from '../repository.ts';
import { dataSet } from './data-set.ts';
import { kerasScripts } from './keras-scripts.ts';
import { exportedPhotos, type ExportedPhoto, type PhotoExport } from './photo-export.ts';
import { teachableMachineProject } from './teachable-machine.ts';
import { writePhotos, type WriteReport } from './write-photos.ts';

/** `data-set`: a zip archive of folders; `teachable-machine`: a project of Teachable Machine. */
export type ExportFormat = 'data-set' | 'teachable-machine';

interface Format {
  readonly contents: (photos: readonly ExportedPhoto[]) => PhotoExport | Promise<PhotoExport>;
  readonly extension: string;
}

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  'data-set': {
    contents: async (photos) => dataSet(photos, await kerasScripts()),
    extension: 'zip',
  },
  'teachable-machine': { contents: teachableMachineProject, extension: 'tm' },
};

interface ExportOptions {
  readonly control: RunControl;
  /** Ids of the photos to export. */
  readonly chosen: ReadonlySet<string>;
  readonly onProgress: (progress: WriteProgress) => void;
}

interface Exported {
  readonly file: File;
  readonly temporary: TemporaryFile;
  readonly report: WriteReport;
}

const exportFiles = new TemporaryFiles('export');

/**
 * Writes photos of the library to a temporary file. What an earlier export left behind, because its
 * window closed or crashed, is deleted first.
 *
 * @throws as `writePhotos`; then no file is left
 */
export async function exportLibrary(
  format: ExportFormat,
  { control, chosen, onProgress }: ExportOptions,
): Promise<Exported> {
  await exportFiles.removeAbandoned();
  const { contents, extension } = FORMATS[format];
  const photos = exportedPhotos(await listClasses(), await listPhotos(), chosen);
  const temporary = await exportFiles.open();
  try {
    const report = await writePhotos(temporary.sink, await contents(photos), {
      control,
      image: async (photoId) => (await getImage(photoId))?.bytes,
      onProgress,
    });
    const name = `purrceptron-photos-${fileStamp(Date.now())}.${extension}`;
    return { file: await temporary.read(name), temporary, report };
  } catch (thrown) {
    await temporary.remove();
    throw thrown;
  }
}
