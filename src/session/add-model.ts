import { saveImportedModel } from '../models/imported-model.ts';
import { parseModelName } from '../models/model-name.ts';
import { adoptClasses, parseClassNames } from '../photos/adopt-classes.ts';
import type { BaseClient, BaseControl } from '../learning/api/base-client.ts';
import type { LearningClient } from '../learning/api/learning-client.ts';
import type { BaseAnswers, BaseSource } from '../records/base-inspection.ts';
import type { BaseSpec } from '../records/base-spec.ts';
import type { ModelRecord } from '../records/model.ts';
import { learning, ownBases } from './learning.ts';

/** What was added: a base, and the model that a classifier became. */
export interface AddedModel {
  readonly spec: BaseSpec;
  readonly model?: ModelRecord;
}

/** What a model is added with. */
interface Services {
  readonly bases: Pick<BaseClient, 'add'>;
  readonly engine: Pick<LearningClient, 'useBase' | 'assertBaseCanChange'>;
}

/**
 * Adds a model from a file. A body becomes a base; a classifier also becomes a model under its own
 * labels, which Live uses at once.
 *
 * @param labels a name for each class of a classifier, in the order of its outputs; undefined to add
 *   the base only
 * @throws Problem `busy` while a training runs; as `BaseService.add`, `parseClassNames`,
 *   `adoptClasses` and `LearningClient.useBase`
 */
export async function addModel(
  source: BaseSource,
  answers: BaseAnswers,
  labels?: readonly string[],
  control?: BaseControl,
  { bases, engine }: Services = { bases: ownBases, engine: learning },
): Promise<AddedModel> {
  // Before anything is stored.
  if (labels) engine.assertBaseCanChange();
  const names = labels && parseClassNames(labels);
  const name = names && parseModelName(answers.name);
  const asClassifier = names !== undefined;
  const { spec, classifier } = await bases.add(source, { ...answers, asClassifier }, control);
  if (!names || !name || !classifier) return { spec };
  const classes = await adoptClasses(names);
  const model = await saveImportedModel({ name, spec, classifier, classes });
  await engine.useBase(spec.id, classifier.inputSize);
  return { spec, model };
}
