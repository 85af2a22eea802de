import type { FunctionalJson, LayerJson, TensorRef } from './keras-json.ts';

/**
 * Replaces each nested model by its layers, so that all layers can be fused, cut and fine-tuned. A
 * nested model stays a layer if it is called more than once, has several inputs or outputs, or has
 * a layer with the same name as a layer of the outer model.
 *
 * @param model each nested model must already be inlined itself; not changed
 */
export function inlineNested(model: FunctionalJson): FunctionalJson {
  const { config } = model;
  const names = new Set(config.layers.map(({ name }) => name));
  /** For each inlined model, the tensor that replaces its output. */
  const outputs = new Map<string, TensorRef>();
  const replace = (ref: TensorRef): TensorRef => {
    const output = outputs.get(ref[0]);
    return output ? ([...output.slice(0, 3), {}] as unknown as TensorRef) : ref;
  };
  const layers = config.layers.flatMap((layer): LayerJson[] => {
    const inner = nestedOf(layer);
    const [input] = inner?.config.input_layers ?? [];
    const read = layer.inbound_nodes[0]?.[0];
    if (!inner || !input || !read) return [layer];
    const inside = inner.config.layers.filter(({ name }) => name !== input[0]);
    if (inside.some(({ name }) => names.has(name) && name !== layer.name)) return [layer];
    names.delete(layer.name);
    for (const { name } of inside) names.add(name);
    const output = inner.config.output_layers[0]!;
    outputs.set(layer.name, output[0] === input[0] ? read : output);
    return inside.map((part) => ({
      ...part,
      inbound_nodes: part.inbound_nodes.map((node) =>
        node.map((ref) => (ref[0] === input[0] ? read : ref)),
      ),
    }));
  });
  return {
    ...model,
    config: {
      ...config,
      layers: layers.map((layer) => ({
        ...layer,
        inbound_nodes: layer.inbound_nodes.map((node) => node.map((ref) => resolve(ref, replace))),
      })),
      output_layers: config.output_layers.map((ref) => resolve(ref, replace)),
    },
  };
}

/**
 * Replaces a reference until it is final: the output of one nested model can be that of another.
 */
function resolve(ref: TensorRef, replace: (ref: TensorRef) => TensorRef): TensorRef {
  let current = ref;
  for (let next = replace(current); next !== current; next = replace(current)) {
    if (next[0] === current[0]) return next;
    current = next;
  }
  return current;
}

/** The model in a layer, if it can be inlined. */
function nestedOf({ class_name, config, inbound_nodes }: LayerJson): FunctionalJson | undefined {
  if (class_name !== 'Model') return undefined;
  const inner = config as unknown as FunctionalJson['config'];
  const single = inner.input_layers.length === 1 && inner.output_layers.length === 1;
  if (!single || inbound_nodes.length !== 1 || inbound_nodes[0]!.length !== 1) return undefined;
  return { class_name, config: inner };
}
