import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { loadBaseFiles, type BaseFiles, type OnBytes } from './base-files.ts';
import type { LocatedBase } from '../../records/base-spec.ts';

/** A base with its files. */
interface ChosenBase {
  readonly base: LocatedBase;
  readonly files: BaseFiles;
  /** Why it is not the wanted base. */
  readonly problem?: Problem;
}

/**
 * The wanted base, or the default base. A damaged base that the user added cannot be downloaded
 * again, so the default base replaces it and the app still works.
 *
 * @param bases the default base first
 * @param wanted id of a base
 * @throws Problem `base` when the files of a base that the app serves are not available
 */
export async function chooseBase(
  bases: readonly LocatedBase[],
  wanted: string | undefined,
  onBytes: OnBytes,
): Promise<ChosenBase> {
  const base = bases.find(({ spec }) => spec.id === wanted) ?? bases[0]!;
  try {
    return { base, files: await loadBaseFiles(base, onBytes) };
  } catch (thrown) {
    if (!base.spec.own) throw thrown;
    const problem = Problem.from(thrown, msg('Your base model could not be read.'));
    return { base: bases[0]!, files: await loadBaseFiles(bases[0]!, onBytes), problem };
  }
}
