import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { PREPROCESSING_MODES, specOfMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseSpec, GoldenFeatures, BaseBackup } from '../../../records/base-spec.ts';
import { examineBase, ownBaseId } from './add-base.ts';
import { saveOwnBase } from './own-bases.ts';
import type { AddProgress, BaseAnswers, BaseSource } from '../../../records/base-inspection.ts';

/** See BaseService.restore. @throws Problem */
export async function restoreBase(
  backup: BaseBackup,
  source: BaseSource,
  basesUrl: string,
  onProgress: (progress: AddProgress) => void,
): Promise<BaseSpec> {
  const answers = await answersOf(backup);
  const examined = await examineBase(source, answers, onProgress);
  const { provenance } = backup;
  const spec: BaseSpec = { ...examined.spec, provenance };
  if (spec.id !== backup.id) throw mismatch(backup, 'other files');
  for (const golden of spec.golden) {
    const before = backup.golden.find(({ size }) => size === golden.size);
    const difference = before ? differenceOf(before, golden) : Infinity;
    if (!(difference <= golden.tolerance)) {
      throw mismatch(backup, `difference ${difference} at ${golden.size} pixels`);
    }
  }
  onProgress({ stage: 'saving', progress: 0 });
  await saveOwnBase(spec, examined.files, basesUrl);
  return spec;
}

/** The answers that the user gave when the base was added; its id depends on them. */
async function answersOf(backup: BaseBackup): Promise<BaseAnswers> {
  const { name, licence, files, inputSizes } = backup;
  const range = JSON.stringify([backup.inputRange, backup.preprocessing]);
  const mode = PREPROCESSING_MODES.find((each) => {
    const { inputRange, preprocessing } = specOfMode(each);
    return JSON.stringify([inputRange, preprocessing]) === range;
  });
  if (!mode) throw mismatch(backup, 'the input range of no mode');
  const answers = { name, mode, licence: licence.name };
  // The user chose an input size only for a model that takes any size.
  const [inputSize] = inputSizes;
  const hasChosenSize = (await ownBaseId(files, { mode })) !== backup.id;
  return { ...answers, ...(hasChosenSize && inputSize !== undefined && { inputSize }) };
}

/** Largest absolute difference between two golden features; NaN when a value is missing or NaN. */
function differenceOf(a: GoldenFeatures, b: GoldenFeatures): number {
  const differences = b.first.map((value, i) => (a.first[i] ?? NaN) - value);
  return Math.max(...[...differences, a.l2 - b.l2, a.mean - b.mean].map(Math.abs));
}

function mismatch({ name }: BaseBackup, cause: string): Problem {
  return new Problem('self-test', msg(str`“${name}” does not compute what it did before.`), {
    cause,
  });
}
