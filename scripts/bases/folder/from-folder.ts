import { Problem } from '../../../src/problem.ts';
import type { MadeBase } from '../made-base.ts';
import type { ModelStatements } from '../options.ts';
import { inspectModel } from './inspect-model.ts';
import { readModelFolder } from './model-folder.ts';

const UNKNOWN = 'stated by nobody';

/** What Keras models of pictures take, most of them. */
const DEFAULT_RANGE = [-1, 1] as const;

/** Made by this script from sources of their own. */
const TAKEN = ['openimages', 'imagenet'];

/**
 * A base out of any TF.js model: files as they are, and a spec of what the model itself says and
 * what the person states. What nobody states is stated as that.
 *
 * @param path folder with `model.json`, or that file
 * @throws Problem `base` when it is no model that turns a picture into features
 */
export async function makeFromFolder(path: string, statements: ModelStatements): Promise<MadeBase> {
  const model = await readModelFolder(path);
  const id = statements.id ?? idFrom(model.name);
  if (!/^[a-z0-9][\w.-]{0,63}$/i.test(id) || TAKEN.includes(id)) {
    throw new Problem('base', `“${id}” cannot be the base's id: give another with --id.`);
  }
  const spec = {
    id,
    name: statements.name ?? model.name,
    format: model.format,
    inputRange: statements.range ?? DEFAULT_RANGE,
  };
  const facts = await inspectModel(model, spec, statements.sizes);
  return {
    spec: {
      ...spec,
      ...facts,
      provenance: {
        source:
          statements.source ?? `A TensorFlow.js model, “${model.name}”; its source is ${UNKNOWN}`,
        trainedOn: statements.trainedOn ?? UNKNOWN,
      },
      licence: { name: statements.licence ?? UNKNOWN, holder: statements.holder ?? UNKNOWN },
    },
    files: model.files,
  };
}

function idFrom(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^[^a-z0-9]+/i, '');
}
