import type { FunctionalJson, LayerJson, TensorRef } from './keras-json.ts';

/**
 * Puts the layers of a model that is a layer of another into that other's place, so that all of them
 * can be fused, cut and fine-tuned. A nested model that is called more than once, has several inputs
 * or outputs, or a layer's name of the outer one stays a layer.
 *
 * @param model its nested models inlined already; not changed
 */
export function inlineNested(model: FunctionalJson): FunctionalJson {
  const { config } = model;
  const names = new Set(config.layers.map(({ name }) => name));
  /** What takes the place of a nested model's output. */
  const outputs = new Map<string, TensorRef>();
  const follow = (ref: TensorRef): TensorRef => {
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
        inbound_nodes: layer.inbound_nodes.map((node) => node.map((ref) => chase(ref, follow))),
      })),
      output_layers: config.output_layers.map((ref) => chase(ref, follow)),
    },
  };
}

/** The output of one nested model can be that of another. */
function chase(ref: TensorRef, follow: (ref: TensorRef) => TensorRef): TensorRef {
  let current = ref;
  for (let next = follow(current); next !== current; next = follow(current)) {
    if (next[0] === current[0]) return next;
    current = next;
  }
  return current;
}

function nestedOf({ class_name, config, inbound_nodes }: LayerJson): FunctionalJson | undefined {
  if (class_name !== 'Model') return undefined;
  const inner = config as unknown as FunctionalJson['config'];
  const single = inner.input_layers.length === 1 && inner.output_layers.length === 1;
  if (!single || inbound_nodes.length !== 1 || inbound_nodes[0]!.length !== 1) return undefined;
  return { class_name, config: inner };
}
