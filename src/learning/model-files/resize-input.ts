interface LayerConfig {
  batch_input_shape?: (number | null)[];
}

/**
 * Changes the input size in a topology. Only the input layer states the size, and the weights of a
 * fully convolutional network do not depend on it.
 *
 * @param topology `modelTopology` of a LayersModel; not changed
 * @param size side of the square input in pixels
 * @returns a changed copy
 */
export function resizeInput<Topology>(topology: Topology, size: number): Topology {
  const copy = structuredClone(topology);
  for (const config of layerConfigs(copy)) {
    if (config.batch_input_shape?.length === 4) {
      config.batch_input_shape = [null, size, size, config.batch_input_shape[3] ?? 3];
    }
  }
  return copy;
}

/** `config` of each layer of a Model or Sequential, as old and new versions of Keras write it. */
function layerConfigs(topology: unknown): LayerConfig[] {
  interface Model {
    config: { config: LayerConfig }[] | { layers: { config: LayerConfig }[] };
  }
  const root = topology as Model & { model_config?: Model };
  const { config } = root.model_config ?? root;
  return (Array.isArray(config) ? config : config.layers).map((layer) => layer.config);
}
