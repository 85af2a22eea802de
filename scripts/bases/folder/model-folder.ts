import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MODEL, readModel, type ModelFiles } from '../../../src/learning/model-files/read-model.ts';
import { Problem } from '../../../src/platform/problem.ts';

/**
 * Reads a TensorFlow.js model from a folder; see `readModel`.
 *
 * @param path the folder, or its `model.json`
 * @throws Problem `base`
 */
export async function readModelFolder(path: string): Promise<ModelFiles> {
  const there = await stat(path).catch((thrown: unknown) => {
    throw new Problem('base', `There is no folder ${path}.`, { cause: thrown });
  });
  const folder = resolve(there.isDirectory() ? path : dirname(path));
  const model = there.isDirectory() ? MODEL : basename(path);
  return readModel({
    name: basename(folder),
    what: path,
    model: () => readPart(folder, model),
    shard: (shard) => readPart(folder, shard),
  });
}

async function readPart(folder: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(join(folder, path)));
  } catch (thrown) {
    throw new Problem('base', `${path} is missing in ${folder}.`, { cause: thrown });
  }
}
