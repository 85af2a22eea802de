import { Problem } from '../../../src/platform/problem.ts';
import { specOfMode } from '../../../src/learning/model-files/preprocessing-mode.ts';
import type { MadeBase } from '../made-base.ts';
import type { ModelStatements } from '../options.ts';
import { inspectModel } from '../../../src/learning/bases/own/inspect-model.ts';
import { inputSizesOf, modeFor, specOfFacts } from '../../../src/learning/bases/own/own-spec.ts';
import { cpuArtifacts } from '../reference-network.ts';
import { readModelFolder } from './model-folder.ts';

const UNKNOWN = 'stated by nobody';

/** The ids of the bases that this script makes from their own sources. */
const TAKEN = ['openimages', 'imagenet'];

/**
 * Makes a base from any TensorFlow.js model: the files are unchanged, and the spec contains the
 * facts of the model and those that the user states. Unknown facts are marked as UNKNOWN.
 *
 * @param path the folder with `model.json`, or that file
 * @throws Problem `base` if it is no model that computes features of a picture
 */
export async function makeFromFolder(path: string, statements: ModelStatements): Promise<MadeBase> {
  const model = await readModelFolder(path);
  const id = statements.id ?? idFrom(model.name);
  if (!/^[a-z0-9][\w.-]{0,63}$/i.test(id) || TAKEN.includes(id)) {
    throw new Problem('base', `“${id}” cannot be the base's id: give another with --id.`);
  }
  const name = statements.name ?? model.name;
  const facts = await inspectModel({ ...model, name }, await cpuArtifacts({ name }, model.files));
  const sizes = statements.sizes ?? inputSizesOf(facts);
  if (!statements.sizes && facts.ownSize === undefined) {
    throw new Problem('base', `“${name}” does not say the size of its input: give it with --size.`);
  }
  const input = statements.range
    ? { inputRange: statements.range }
    : specOfMode(statements.preprocessing ?? modeFor(model, facts));
  return {
    spec: {
      id,
      name,
      format: model.format,
      ...specOfFacts(facts),
      ...input,
      inputSizes: sizes,
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
