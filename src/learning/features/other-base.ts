import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { FeatureExtractor } from './feature-extractor.ts';
import type { BaseSpec } from '../../records/base-spec.ts';

/** Where the base of a model or a training differs from the one in use, for a person. */
export interface OtherBase {
  /** What it was trained on: `“MobileNetV2, ImageNet” at 160 pixels`. */
  readonly on: string;
  /** What to choose in Settings to get there; absent where that base is not here any more. */
  readonly choose?: 'base' | 'size';
}

/**
 * Compares a base that something was trained on with the one in use.
 *
 * @param bases all that can be chosen
 * @returns undefined where both give the same features
 */
export function otherBase(
  trained: ModelRecord['base'],
  inUse: Pick<FeatureExtractor, 'spec' | 'inputSize' | 'featureSpaceId'>,
  bases: readonly BaseSpec[],
): OtherBase | undefined {
  if (trained.featureSpaceId === inUse.featureSpaceId) return undefined;
  const { id, inputSize } = trained;
  const base = bases.find((each) => each.id === id);
  if (!base?.inputSizes.includes(inputSize))
    return { on: msg('a base model that is not here any more', { desc: 'it was trained on …' }) };
  if (id !== inUse.spec.id) {
    const { name } = base;
    return {
      on: msg(str`“${name}” at ${inputSize} pixels`, { desc: 'it was trained on …' }),
      choose: 'base',
    };
  }
  if (inputSize !== inUse.inputSize) {
    return {
      on: msg(str`pictures of ${inputSize} pixels`, { desc: 'it was trained on …' }),
      choose: 'size',
    };
  }
  return { on: msg('another version of this base model', { desc: 'it was trained on …' }) };
}
