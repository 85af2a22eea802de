import type { ModelRecord } from '../../models/record.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import type { BaseSpec } from './spec.ts';

/** Where the base of a model or a training differs from the one in use, for a person. */
interface OtherBase {
  /** What it was trained on: `“MobileNetV2, ImageNet” at 160 pixels`. */
  readonly on: string;
  /** How to get there: "Choose that size in Settings"; absent where that base is not here any more. */
  readonly choose?: string;
}

/**
 * Compares a base that something was trained on with the one in use.
 *
 * @param bases all that can be chosen
 * @returns undefined where both give the same features
 */
export function otherBase(
  trained: ModelRecord['base'],
  inUse: Pick<FeatureExtractor, 'spec' | 'inputSize' | 'space'>,
  bases: readonly BaseSpec[],
): OtherBase | undefined {
  if (trained.space === inUse.space) return undefined;
  const { id, inputSize } = trained;
  const base = bases.find((each) => each.id === id);
  if (!base?.inputSizes.includes(inputSize))
    return { on: 'a base model that is not here any more' };
  if (id !== inUse.spec.id) {
    return { on: `“${base.name}” at ${inputSize} pixels`, choose: 'Choose that base in Settings' };
  }
  if (inputSize !== inUse.inputSize) {
    return { on: `pictures of ${inputSize} pixels`, choose: 'Choose that size in Settings' };
  }
  return { on: 'another version of this base model' };
}
