import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HarnessPage } from '../test/harness/open-harness.ts';
import type { Split } from '../src/records/photo.ts';

/** The files of a folder, by name. */
export async function photoFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.sort().map((name) => join(folder, name));
}

/**
 * Imports files as the app does, all on one side of the split.
 *
 * @throws Error when storage ends the import
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
