import { msg, str } from '../../i18n/msg.ts';
import { otherBase, type OtherBase } from '../features/other-base.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { answeringModel, isEarlierChoice } from '../../models/answering-model.ts';
import type { ModelRecord } from '../../records/model.ts';
import { activeModel, listModels } from '../../models/repository.ts';
import { Problem } from '../../platform/problem.ts';

/**
 * The active model or, if that was trained on another base, the newest model that was trained on
 * the base in use.
 *
 * @param extractor computes the features of the base in use
 * @param bases all bases that can be chosen
 * @returns undefined if there is no model at all
 * @throws Problem `other-base` when there are only models of other bases
 */
export async function selectModel(
  extractor: FeatureExtractor,
  bases: readonly BaseSpec[],
): Promise<ModelRecord | undefined> {
  const active = await activeModel();
  const model = answeringModel(active, await listModels(), extractor.featureSpaceId);
  const other = active && otherBase(active.base, extractor, bases);
  if (model || !other) return model;
  throw new Problem('other-base', trainedSentence(active.name, other));
}

function trainedSentence(name: string, { on, choose }: OtherBase): string {
  switch (choose) {
    case 'base':
      return msg(
        str`${name} was trained on ${on}. Choose that base in Settings to use it, or train again.`,
      );
    case 'size':
      return msg(
        str`${name} was trained on ${on}. Choose that size in Settings to use it, or train again.`,
      );
    default:
      return msg(str`${name} was trained on ${on}. Train again.`);
  }
}

/** Whether the user chose this model although a newer one exists; no draft may then replace it. */
export async function isEarlierModel(id: string | undefined): Promise<boolean> {
  const models = await listModels();
  const model = models.find((each) => each.id === id);
  return model !== undefined && isEarlierChoice(model, models);
}
