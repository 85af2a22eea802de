import { inputScaling } from '../input-scaling.ts';
import { softmaxHead } from '../softmax-head.ts';
import { pooledPriorLayer } from '../pooled-prior-layer.ts';
import type { NetworkPrior, TrainedNetwork } from '../trained-network.ts';
import { fuse } from './fuse.ts';
import { lowerLayer } from './lower-layer.ts';
import { NO_PADDING, type Kind, type Program } from './operation.ts';
import { OperationList } from './operation-list.ts';

/** What of the app's answer a program computes besides the probabilities of one view. */
export interface ProgramParts {
  /** The mean over the mirror image, if the model asks for it. */
  readonly mirror: boolean;
  /** The novelty, by which the app says "not sure". */
  readonly novelty: boolean;
}

/** A 1x1 convolution, except for its weights. */
const POINTWISE = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: NO_PADDING,
  groups: 1,
  clamp: 'linear',
} as const;

/** Names of the tensors of every exported model. */
const NAMES = {
  input: 'image',
  probabilities: 'probabilities',
  novelty: 'novelty',
} as const;

/**
 * The whole model as operations, from pixels to the probabilities of the classes.
 *
 * @throws UnsupportedLayerError for a layer without an operation
 */
export function programOf(network: TrainedNetwork, parts: ProgramParts): Program {
  const { base, novelty, labels, prior, further } = network;
  const head = softmaxHead(network);
  const isMirrored = parts.mirror && network.mirrored;
  const list = new OperationList(NAMES.input, [base.size, base.size, 3]);

  let picture: string = NAMES.input;
  if (isMirrored)
    picture = list.add([picture], 'views', [base.size, base.size, 3], { kind: 'withMirror' });
  const scaling = inputScaling(base.scaling);
  if (scaling) {
    picture = list.add([picture], 'input_scaling', [base.size, base.size, 3], {
      kind: 'convolution',
      ...POINTWISE,
      kernel: { shape: [1, 1, 3, 3], values: scaling.kernel },
      bias: scaling.bias,
    });
  }
  list.alias(base.input, picture);
  for (const use of base.uses) {
    const reads = use.inputs.map((name) => list.shapeOf(name));
    const kinds = lowerLayer(use, reads);
    if (kinds.length === 0) list.alias(use.output, use.inputs[0]!);
    kinds.forEach((kind, i) => {
      const isLast = i === kinds.length - 1;
      const inputs = i === 0 ? use.inputs : [`${use.output}/${i}`];
      const shape = isLast ? use.shape : intermediateShape(kind, use.shape);
      list.add(inputs, isLast ? use.output : `${use.output}/${i + 1}`, shape, kind);
    });
  }

  const { featureLength, classes, known } = head;
  const length = featureLength + head.further + known;
  let views = base.output;
  if (list.shapeOf(views).length === 3) {
    views = list.add([views], 'features', [featureLength], {
      kind: 'globalAverage',
      keepDims: false,
    });
  }
  const knownViews = prior && addKnown(list, prior, { map: base.output, features: views, known });
  const furtherViews =
    further &&
    list.add([further.tensor], 'further_features', [head.further], {
      kind: 'globalAverage',
      keepDims: false,
    });
  const all = [views, furtherViews, knownViews].filter((name) => name !== undefined);
  const read =
    all.length > 1 ? list.add(all, 'all_features', [length], { kind: 'concatenate' }) : views;
  const features = isMirrored
    ? list.add([read], 'mean_features', [length], { kind: 'meanOfViews' })
    : read;
  const logits = list.add([features], 'logits', [classes], {
    kind: 'dense',
    kernel: head.kernel,
    bias: head.bias,
  });
  const kept = [list.add([logits], NAMES.probabilities, [classes], { kind: 'softmax' })];
  const answersNovelty = parts.novelty && novelty !== undefined;
  if (answersNovelty) {
    const upright = (name: string, length: number) =>
      isMirrored ? list.add([name], `upright_${name}`, [length], { kind: 'firstView' }) : name;
    const scored = [upright(views, featureLength)];
    if (novelty.knownClasses) scored.push(upright(knownViews!, known));
    kept.push(list.add(scored, NAMES.novelty, [1], { kind: 'novelty', ...novelty }));
  }
  return {
    input: NAMES.input,
    size: base.size,
    operations: fuse(list.operations, kept),
    probabilities: NAMES.probabilities,
    ...(answersNovelty && { novelty: NAMES.novelty }),
    labels,
  };
}

interface KnownPlace {
  /** Name of the last feature map. */
  readonly map: string;
  /** Name of the pooled features. */
  readonly features: string;
  /** Number of known classes. */
  readonly known: number;
}

/** The logits of the known classes, `[known]`. @returns the name of their tensor */
function addKnown(
  list: OperationList,
  prior: NetworkPrior,
  { map, features, known }: KnownPlace,
): string {
  const [output, shape] = ['known_classes', [known]] as const;
  if (prior.pooling === 'mean') {
    return list.add([features], output, shape, { kind: 'dense', ...pooledPriorLayer(prior) });
  }
  const { kernel, bias, anchors } = prior;
  const sides = list.shapeOf(map).slice(0, -1);
  const channels = bias.length;
  const places = list.add(
    [map],
    `${output}/places`,
    [...sides, channels],
    sides.length === 0
      ? { kind: 'dense', kernel, bias }
      : {
          kind: 'convolution',
          ...POINTWISE,
          kernel: { shape: [1, 1, kernel.length / channels, channels], values: kernel },
          bias,
        },
  );
  return list.add([places], output, shape, { kind: 'logSumExp', anchors });
}

/** Within one layer, only the last operation changes the rank; a kernel states the channels. */
function intermediateShape(kind: Kind, shape: readonly number[]): readonly number[] {
  if (kind.kind !== 'depthwise') return shape;
  return [...shape.slice(0, -1), kind.kernel.shape[2] * kind.kernel.shape[3]];
}
