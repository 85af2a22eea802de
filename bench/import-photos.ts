import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HarnessPage } from '../test/harness/open-harness.ts';
import type { Split } from '../src/records/photo.ts';

/** The paths of the files in a folder, sorted by name. */
export async function photoFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.sort().map((name) => join(folder, name));
}

/**
 * Imports files with the app's own code, all in one split.
 *
 * @throws Error if a storage problem ends the import
 */
export async function importAll(
  { page }: HarnessPage,
  files: string[],
  classId: string,
  split: Split,
): Promise<void> {
  await page.setInputFiles('input', files);
  const report = await page.evaluate(({ classId, split }) => harness.importInput(classId, split), {
    classId,
    split,
  });
  for (const { name, reason } of report.refused) console.log(`refused: ${name}: ${reason}`);
  if (report.problem) throw new Error(report.problem.message);
}
