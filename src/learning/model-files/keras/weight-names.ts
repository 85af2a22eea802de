import type { FunctionalJson, LayerJson } from './keras-json.ts';

/**
 * The names of a layer's weights in TensorFlow.js, in Keras's order, which is the order of
 * `layer.weights` and of the files.
 */
export function weightNames({ class_name, config }: LayerJson): string[] {
  const bias = config['use_bias'] === false ? [] : ['bias'];
  const scaled = [
    ...(config['scale'] === false ? [] : ['gamma']),
    ...(config['center'] === false ? [] : ['beta']),
  ];
  switch (class_name) {
    case 'Conv2D':
    case 'Conv2DTranspose':
    case 'Dense':
    case 'GroupedConv2D':
      return ['kernel', ...bias];
    case 'DepthwiseConv2D':
      return ['depthwise_kernel', ...bias];
    case 'SeparableConv2D':
      return ['depthwise_kernel', 'pointwise_kernel', ...bias];
    case 'BatchNormalization':
      return [...scaled, 'moving_mean', 'moving_variance'];
    case 'LayerNormalization':
      return scaled;
    case 'LayerScale':
      return ['gamma'];
    case 'Normalization':
      // With `mean` and `variance` in its configuration it has no weights.
      return config['mean'] == null ? ['mean', 'variance'] : [];
    case 'PReLU':
      return ['alpha'];
    default:
      return [];
  }
}

/** All layers of a network, those of nested models included. */
export function everyLayer({ config }: FunctionalJson): LayerJson[] {
  return config.layers.flatMap((layer) =>
    layer.class_name === 'Model'
      ? everyLayer({ class_name: 'Model', config: layer.config as never })
      : [layer],
  );
}

/**
 * Finds weights by layer and name. Files write a weight as `layer/kernel`, with the cell or the layer
 * in between (`layer/layer/kernel`), with the suffix `:0`, or after the name of a nested model.
 */
export class WeightDirectory<Weight> {
  readonly #byName: ReadonlyMap<string, Weight>;
  /** By the end of the name; undefined if several names have the same end. */
  readonly #byEnd = new Map<string, Weight | undefined>();

  constructor(weights: Iterable<readonly [name: string, weight: Weight]>) {
    this.#byName = new Map(weights);
    for (const [name, weight] of this.#byName) {
      const parts = name.replace(/:\d+$/, '').split('/');
      for (const end of new Set([parts.slice(-2).join('/'), `${parts.at(-3)}/${parts.at(-1)}`])) {
        this.#byEnd.set(end, this.#byEnd.has(end) ? undefined : weight);
      }
    }
  }

  /**
   * The weight of a layer; undefined if there is none.
   *
   * @param name as TensorFlow.js names it, such as `conv1/kernel`
   * @param className of the layer
   */
  find(name: string, className: string): Weight | undefined {
    const names = [name];
    const layer = name.slice(0, name.lastIndexOf('/'));
    // Keras 3 names the depthwise kernel just `kernel`, and gives the weight of LayerScale no name.
    if (className === 'DepthwiseConv2D') names.push(name.replace(/depthwise_(?=kernel$)/, ''));
    if (className === 'LayerScale') {
      names.push(...[...this.#byName.keys()].filter((each) => each.startsWith(`${layer}/`)));
    }
    return names
      .map(
        (each) => this.#byName.get(each) ?? this.#byName.get(`${each}:0`) ?? this.#byEnd.get(each),
      )
      .find((each) => each !== undefined);
  }
}
