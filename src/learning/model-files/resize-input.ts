interface LayerConfig {
  batch_input_shape?: (number | null)[];
}

/**
 * The same topology for another input size. A fully convolutional network has weights that do not
 * depend on it; only the first layer states it.
 *
 * @param topology `modelTopology` of a LayersModel; not changed
 * @param size side of the square input in pixels
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

/** `config` of each layer, in the dialects of old and new Keras: Model and Sequential alike. */
function layerConfigs(topology: unknown): LayerConfig[] {
  interface Model {
    config: { config: LayerConfig }[] | { layers: { config: LayerConfig }[] };
  }
  const root = topology as Model & { model_config?: Model };
  const { config } = root.model_config ?? root;
  return (Array.isArray(config) ? config : config.layers).map((layer) => layer.config);
}
