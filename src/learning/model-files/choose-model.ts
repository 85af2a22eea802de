import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { nameOf, type ChosenFile } from './chosen-files.ts';
import { LIMITS } from './limits.ts';
import { noModelAmong } from './other-formats.ts';
import { MODEL, tooLarge, type ModelSource } from './read-model.ts';

/** The files of a model that Keras saved. */
export interface KerasFiles {
  /** Name of the file, without its ending. */
  readonly name: string;
  /** `config.json` of a `.keras` file; absent for an `.h5` file, which contains everything. */
  readonly config?: ChosenFile;
  /** An HDF5 file. */
  readonly weights: ChosenFile;
}

/** The model among chosen files. */
type ChosenModel = { readonly tfjs: ModelSource } | { readonly keras: KerasFiles };

/**
 * Finds the model among chosen files, or those of a chosen folder or archive; other files are
 * ignored.
 *
 * @throws Problem `base` when there is none, or there are several
 */
export async function chooseModel(files: readonly ChosenFile[]): Promise<ChosenModel> {
  const json = await findModelJson(files);
  if (json) return { tfjs: sourceOf(json, files) };
  const keras = await findKeras(files);
  if (keras) return { keras };
  throw noModelAmong(files);
}

/** The JSON file of a TensorFlow.js model. Browsers save it under any name. */
async function findModelJson(files: readonly ChosenFile[]): Promise<ChosenFile | undefined> {
  const jsons = files.filter(({ path }) => /\.json$/i.test(path));
  const named = only(jsons.filter(({ path }) => nameOf(path) === MODEL));
  if (named) return named;
  const models: ChosenFile[] = [];
  for (const json of jsons) {
    if (json.bytes <= LIMITS.modelJson && (await hasTopology(json))) models.push(json);
  }
  return only(models);
}

async function hasTopology(file: ChosenFile): Promise<boolean> {
  const bytes = await file.read().catch(() => new Uint8Array());
  return new TextDecoder().decode(bytes).includes('"modelTopology"');
}

/** A model that Keras saved: `config.json` beside `model.weights.h5`, or one HDF5 file. */
async function findKeras(files: readonly ChosenFile[]): Promise<KerasFiles | undefined> {
  const configs = files.flatMap((config) => {
    if (nameOf(config.path) !== 'config.json') return [];
    const folder = config.path.slice(0, -'config.json'.length);
    const weights = files.find(({ path }) => path === `${folder}model.weights.h5`);
    return weights ? [{ path: config.path, config, weights }] : [];
  });
  const keras = only(configs);
  if (keras) {
    const { path, config, weights } = keras;
    return { name: path.split('/').at(-2) ?? 'model', config, weights };
  }
  const hdf5: ChosenFile[] = [];
  for (const file of files) if (await isHdf5(file)) hdf5.push(file);
  const weights = only(hdf5);
  return weights && { name: nameOf(weights.path).replace(/\.\w+$/, ''), weights };
}

/** Whether a file has the signature of HDF5 (Format Specification 3.0, II.A). */
async function isHdf5(file: ChosenFile): Promise<boolean> {
  if (!/\.(h5|hdf5|keras)$/i.test(file.path)) return false;
  const blob = await file.blob().catch(() => new Blob());
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
  return String.fromCharCode(...head) === '\x89HDF\r\n\x1a\n';
}

/** The one that lies in the outermost folder. @throws Problem `base` if there are several */
function only<File extends { readonly path: string }>(files: readonly File[]): File | undefined {
  const depth = ({ path }: File) => path.split('/').length;
  const least = Math.min(...files.map(depth));
  const [first, second] = files.filter((file) => depth(file) === least);
  if (!first || !second) return first;
  const [one, other] = [nameOf(first.path), second.path];
  throw new Problem(
    'base',
    msg(str`There are several models among these files: ${one} and ${other}. Choose one of them.`, {
      desc: 'names of two files',
    }),
  );
}

function sourceOf(model: ChosenFile, files: readonly ChosenFile[]): ModelSource {
  const modelName = nameOf(model.path);
  const folder = model.path.slice(0, -modelName.length);
  const name = folder.split('/').at(-2) ?? modelName.replace(/\.json$/i, '');
  return {
    name,
    what: `“${name}”`,
    model: (limit) => readFile(model, limit),
    shard: (path, limit) => {
      const file = findShard(files, folder, path);
      if (!file) {
        throw new Problem(
          'base',
          msg(str`${path} is missing: choose it together with ${modelName}.`, {
            desc: 'names of two files',
          }),
        );
      }
      return readFile(file, limit);
    },
  };
}

/**
 * A weights file: in the model's folder, or anywhere under its name. A browser that has saved a file of
 * that name before adds a number: `my-model.weights (1).bin`.
 */
function findShard(
  files: readonly ChosenFile[],
  folder: string,
  path: string,
): ChosenFile | undefined {
  const name = nameOf(path);
  const unnumbered = (each: string) => each.replace(/ ?\(\d+\)(?=(\.\w+)*$)/, '');
  const renamed = files.filter((each) => unnumbered(nameOf(each.path)) === unnumbered(name));
  return (
    files.find((each) => each.path === folder + path) ??
    files.find((each) => nameOf(each.path) === name) ??
    (renamed.length === 1 ? renamed[0] : undefined)
  );
}

async function readFile(
  { path, bytes, read }: ChosenFile,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = nameOf(path);
  if (bytes > limit) throw tooLarge(name);
  try {
    return await read();
  } catch (thrown) {
    throw new Problem('base', msg(str`${name} could not be read.`), { cause: thrown });
  }
}
