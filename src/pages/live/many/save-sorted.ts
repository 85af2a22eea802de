import { msg } from '../../../i18n/msg.ts';
import { fileStamp } from '../../../platform/file-stamp.ts';
import { RunControl } from '../../../platform/run-control.ts';
import { saveFile } from '../../../platform/save-file.ts';
import { TemporaryFiles } from '../../../platform/temporary-files.ts';
import { writeZip } from '../../../platform/write-zip.ts';
import { sortedPictures } from './answer-files.ts';
import type { AnswerRow } from './answer-rows.ts';

const sortedFiles = new TemporaryFiles('sorted');

/**
 * Saves an archive of the pictures in a folder for each answer. Its temporary file is deleted by the
 * next one: the browser may still read it.
 *
 * @throws an error of a file or of the storage
 */
export async function saveSorted(rows: readonly AnswerRow[]): Promise<void> {
  await sortedFiles.removeAbandoned();
  const temporary = await sortedFiles.open();
  try {
    await writeZip(temporary.sink, sortedPictures(rows, msg('Not sure')), {
      control: new RunControl({ sliceMs: 30 }),
    });
  } catch (thrown) {
    await temporary.remove();
    throw thrown;
  }
  await temporary.markSaved();
  saveFile(await temporary.read(`purrceptron-sorted-${fileStamp(Date.now())}.zip`));
}
