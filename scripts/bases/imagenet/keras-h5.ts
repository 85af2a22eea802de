import { open } from 'node:fs/promises';
import { Dataset, File, Group, ready } from 'h5wasm/node';
import { Problem } from '../../../src/platform/problem.ts';

export interface SavedWeight {
  /** Such as "Conv1/kernel:0". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface SavedLayer {
  readonly name: string;
  readonly weights: readonly SavedWeight[];
}

/**
 * Reads a Keras weights file: HDF5 with the names of the layers in the attribute `layer_names`, one
 * group per layer with the attribute `weight_names`, and datasets of those names in the group
 * (Keras's `save_weights_to_hdf5_group`). A saved model contains the same under `model_weights`.
 *
 * @returns all layers of the file in its order, including those without weights
 * @throws Problem `base` if it is no such file, or damaged
 */
export async function readKerasWeights(path: string): Promise<SavedLayer[]> {
  await expectHdf5(path);
  const hdf5 = await ready;
  hdf5.activate_throwing_error_handler(); // otherwise HDF5 prints its errors and continues
  let file: File | undefined;
  try {
    file = new File(path, 'r');
    const root = 'layer_names' in file.attrs ? file : file.get('model_weights');
    if (!(root instanceof Group)) throw new Error('it has no attribute layer_names');
    return names(root, 'layer_names').map((name) => readLayer(root, name));
  } catch (thrown) {
    throw new Problem('base', `${path} is no Keras weights file that can be read.`, {
      cause: new Error(innermost(thrown)),
    });
  } finally {
    file?.close();
  }
}

/** The first bytes of every HDF5 file. */
const SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);

async function expectHdf5(path: string): Promise<void> {
  const file = await open(path).catch((thrown: unknown) => {
    throw new Problem('base', `${path} cannot be opened.`, { cause: thrown });
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(SIGNATURE.length), 0, SIGNATURE.length, 0);
    if (buffer.equals(SIGNATURE)) return;
  } catch (thrown) {
    throw new Problem('base', `${path} cannot be read.`, { cause: thrown });
  } finally {
    await file.close();
  }
  throw new Problem('base', `${path} is no HDF5 file, which Keras weights (.h5) are.`);
}

function readLayer(root: Group, name: string): SavedLayer {
  const group = root.get(name);
  if (!(group instanceof Group)) throw new Error(`the layer ${name} has no group`);
  return {
    name,
    weights: names(group, 'weight_names').map((weight) => readWeight(group, weight)),
  };
}

function readWeight(group: Group, name: string): SavedWeight {
  const dataset = group.get(name);
  if (!(dataset instanceof Dataset)) throw new Error(`the weight ${name} is missing`);
  const data = dataset.value;
  if (!(data instanceof Float32Array)) throw new Error(`the weight ${name} is not float32`);
  return { name, shape: dataset.shape ?? [], data };
}

/**
 * A list of names; one that is too long for an attribute is split into `name0`, `name1` and so on.
 */
function names(group: Group, attribute: string): string[] {
  const { attrs } = group;
  const whole = attrs[attribute];
  if (whole) return strings(whole.value);
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const part = attrs[`${attribute}${i}`];
    if (!part) break;
    parts.push(...strings(part.value));
  }
  return parts;
}

function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

/** The last message of an HDF5 error stack, which is the actual cause. */
function innermost(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text
    .trim()
    .split('\n')
    .at(-1)!
    .trim()
    .replace(/^minor: /, '');
}
