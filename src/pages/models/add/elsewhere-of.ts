import type { Elsewhere } from '../../../photos/import/found-picture.ts';
import { Problem } from '../../../platform/problem.ts';

/** What files are that could not be read as a model, if that is known. */
export async function elsewhereOf(
  files: readonly File[],
  thrown: unknown,
): Promise<readonly Elsewhere[]> {
  if (Problem.from(thrown).kind !== 'base') return [];
  const { chosenFiles } = await import('../../../photos/import/find-pictures.ts');
  const { whatElse } = await import('../../../photos/import/what-else.ts');
  const found = await whatElse(chosenFiles(files));
  // Of a model that is not taken, the reason is wanted, whatever lies beside it.
  return found.some(({ kind }) => kind === 'model') ? [] : found;
}
