import { msg, str } from '../../../i18n/msg.ts';
import { Problem } from '../../../platform/problem.ts';
import { PREPROCESSING_MODES, specOfMode } from '../../model-files/preprocessing-mode.ts';
import type { BaseSpec, GoldenFeatures, BaseBackup } from '../../../records/base-spec.ts';
import { examineBase, ownBaseId } from './add-base.ts';
import { saveOwnBase } from './own-bases.ts';
import type { AddProgress, BaseAnswers, BaseSource } from '../../../records/base-inspection.ts';

/** See BaseService.restore. */
export async function restoreBase(
  kept: BaseBackup,
  source: BaseSource,
  basesUrl: string,
  onProgress: (progress: AddProgress) => void,
): Promise<BaseSpec> {
  const answers = await answersOf(kept);
  const examined = await examineBase(source, answers, onProgress);
  const { provenance } = kept;
  const spec: BaseSpec = { ...examined.spec, provenance };
  if (spec.id !== kept.id) throw notIt(kept, 'other files');
  for (const golden of spec.golden) {
    const before = kept.golden.find(({ size }) => size === golden.size);
    const difference = before ? differenceOf(before, golden) : Infinity;
    if (!(difference <= golden.tolerance)) {
      throw notIt(kept, `difference ${difference} at ${golden.size} pixels`);
    }
  }
  onProgress({ stage: 'saving', progress: 0 });
  await saveOwnBase(spec, examined.files, basesUrl);
  return spec;
}

/** What the person said of the model when it was added: what its id was made of. */
async function answersOf(kept: BaseBackup): Promise<BaseAnswers> {
  const { name, licence, files, inputSizes } = kept;
  const range = JSON.stringify([kept.inputRange, kept.preprocessing]);
  const mode = PREPROCESSING_MODES.find((each) => {
    const { inputRange, preprocessing } = specOfMode(each);
    return JSON.stringify([inputRange, preprocessing]) === range;
  });
  if (!mode) throw notIt(kept, 'an input range that nothing has');
  const said = { name, mode, licence: licence.name };
  // Only a model that takes any size was asked for one.
  const [inputSize] = inputSizes;
  const wasAsked = (await ownBaseId(files, { mode })) !== kept.id;
  return { ...said, ...(wasAsked && inputSize !== undefined && { inputSize }) };
}

/** Largest difference between the figures of two feature vectors; NaN when one is no number. */
function differenceOf(a: GoldenFeatures, b: GoldenFeatures): number {
  const differences = b.first.map((value, i) => (a.first[i] ?? NaN) - value);
  return Math.max(...[...differences, a.l2 - b.l2, a.mean - b.mean].map(Math.abs));
}

function notIt({ name }: BaseBackup, cause: string): Problem {
  return new Problem('self-test', msg(str`“${name}” does not compute what it did before.`), {
    cause,
  });
}
