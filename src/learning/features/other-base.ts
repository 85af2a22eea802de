import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { FeatureExtractor } from './feature-extractor.ts';
import type { BaseSpec } from '../../records/base-spec.ts';

/** How the base of a model or a training differs from the base in use, in words for the user. */
export interface OtherBase {
  /** The base that was used, such as `“MobileNetV2, ImageNet” at 160 pixels`. */
  readonly on: string;
  /** What to change in Settings to use that base; absent if that base is no longer installed. */
  readonly choose?: 'base' | 'size';
}

/**
 * Compares the base that a model was trained on with the base in use.
 *
 * @param bases all bases that the user can choose
 * @returns undefined if both give the same features
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
