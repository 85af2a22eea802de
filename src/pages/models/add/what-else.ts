import { Problem } from '../../../platform/problem.ts';
import type { BaseSource } from '../../../records/base-inspection.ts';

/**
 * The Problem to show for files that could not be read as a model: what they are, if that is known,
 * and where they belong.
 */
export async function whatElse(source: BaseSource, thrown: unknown): Promise<Problem> {
  const problem = Problem.from(thrown);
  if ('url' in source || problem.kind !== 'base') return problem;
  try {
    const { chosenFiles, findPictures } = await import('../../../photos/import/find-pictures.ts');
    const { elsewhere } = await findPictures(chosenFiles(source.files));
    const other = elsewhere.find(({ kind }) => kind !== 'model');
    return other ? new Problem('base', other.sentence) : problem;
  } catch {
    return problem;
  }
}
