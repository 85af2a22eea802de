import { isObject, type LayerJson } from '../keras/keras-json.ts';
import { WeightDirectory } from '../keras/weight-names.ts';
import type { Group } from '../../../platform/hdf5.ts';
import { groupAt, storedArray, stringsOf, type StoredArray } from './hdf5-values.ts';

/** Finds a weight of a layer: by its name, or by its index in Keras's order. */
export type FindWeight = (layer: LayerJson, name: string, index: number) => StoredArray | undefined;

/** Layers of one file; no model has more. */
const MAX_GROUPS = 20_000;

/**
 * The weights of a legacy `.h5` file: one group for each layer with the attribute `weight_names`,
 * and datasets of those names in it (Keras's `save_weights_to_hdf5_group`).
 *
 * @param root the group `model_weights`
 */
export function legacyWeights(root: Group): FindWeight {
  const weights = new Map<string, StoredArray>();
  for (const layer of stringsOf(root, 'layer_names').slice(0, MAX_GROUPS)) {
    const group = groupAt(root, layer);
    if (!group) continue;
    for (const name of stringsOf(group, 'weight_names').slice(0, MAX_GROUPS)) {
      const array = storedArray(group, name);
      if (!array) continue;
      const plain = name.replace(/:\d+$/, '');
      // Two nested models can have layers of the same name.
      weights.set(weights.has(plain) ? `${layer}/${plain}` : plain, array);
    }
  }
  const directory = new WeightDirectory(weights);
  return (layer, name) => directory.find(`${layer.name}/${name}`, layer.class_name);
}

/**
 * The weights of a `.keras` file: `layers/NAME/vars/INDEX` in `model.weights.h5`, where NAME is the
 * class of the layer in snake case with a counter (Keras's `saving_lib`). Newer versions also store
 * the layer's own name, as an attribute.
 *
 * @param model the network in `config.json`
 */
export function keras3Weights(root: Group, model: unknown): FindWeight {
  /** By name of the layer; undefined if two layers have the same name. */
  const groups = new Map<string, Group | undefined>();
  const visit = (network: unknown, group: Group, depth: number) => {
    const container = groupAt(group, 'layers') ?? groupAt(group, '_layers');
    const config = isObject(network) && isObject(network['config']) ? network['config'] : {};
    const layers = Array.isArray(config['layers']) ? (config['layers'] as unknown[]) : [];
    if (!container || depth > 8) return;
    const named = groupsByName(container);
    const counts = new Map<string, number>();
    for (const layer of layers.slice(0, MAX_GROUPS)) {
      if (!isObject(layer) || typeof layer['class_name'] !== 'string') continue;
      const own = isObject(layer['config']) ? layer['config']['name'] : undefined;
      const name = typeof own === 'string' ? own : String(layer['name']);
      const kind = snakeCase(layer['class_name']);
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      const found = named.get(name) ?? groupAt(container, count > 0 ? `${kind}_${count}` : kind);
      if (!found) continue;
      groups.set(name, groups.has(name) ? undefined : found);
      visit(layer, found, depth + 1);
    }
  };
  visit(model, root, 0);
  return (layer, _name, index) => {
    const group = groups.get(layer.name);
    return group && storedArray(group, `vars/${index}`);
  };
}

/** The groups of layers by the name of the layer, where the file states it. */
function groupsByName(container: Group): Map<string, Group> {
  const named = new Map<string, Group>();
  for (const key of container.keys().slice(0, MAX_GROUPS)) {
    const group = groupAt(container, key);
    const variables = group && groupAt(group, 'vars');
    const name = variables && stringsOf(variables, 'name')[0];
    if (name !== undefined) named.set(name, group!);
  }
  return named;
}

/** Keras's `naming.to_snake_case`: `DepthwiseConv2D` becomes `depthwise_conv2d`. */
export function snakeCase(name: string): string {
  return name
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
