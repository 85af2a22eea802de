import { softmaxHead } from '../softmax-head.ts';
import type { TrainedNetwork } from '../trained-network.ts';
import { NO_PADDING } from './operation.ts';
import type { OperationList } from './operation-list.ts';

/** What of the app's answer is computed. */
export interface AnswerParts {
  /** How many views of each picture the base has seen: 2 with its mirror image. */
  readonly views: 1 | 2;
  /** The novelty, by which the app says "not sure", if the model knows it. */
  readonly novelty: boolean;
  /** What the base knows of the classes, if the model asks for it. */
  readonly knownClasses: boolean;
}

/** Names of the outputs of every exported model. */
export const PROBABILITIES = 'probabilities';
const NOVELTY = 'novelty';

/**
 * Adds what comes after the base: the head, what the base knows of the classes, the probabilities
 * and the novelty.
 *
 * @param list with the base, whose output has all views of all pictures
 * @returns the name of the novelty, if there is one
 */
export function addAnswers(
  list: OperationList,
  network: TrainedNetwork,
  parts: AnswerParts,
): string | undefined {
  const { base, labels, temperature } = network;
  const { kernel, bias, featureLength, classes } = softmaxHead(network);
  const prior = parts.knownClasses ? network.prior : undefined;
  const isTwice = parts.views === 2;
  const features = isFeatureMap(list, base.output)
    ? list.add([base.output], 'features', [featureLength], {
        kind: 'globalAverage',
        keepDims: false,
      })
    : base.output;
  const known = prior && addKnownClasses(list, base.output, prior);

  const meanFeatures = isTwice
    ? list.add([features], 'mean_features', [featureLength], { kind: 'meanOfViews' })
    : features;
  let logits = list.add([meanFeatures], 'logits', [classes], { kind: 'dense', kernel, bias });
  if (known) {
    const meanKnown = isTwice
      ? list.add([known.name], 'mean_known', [known.count], { kind: 'meanOfViews' })
      : known.name;
    const { mixture } = prior;
    const outputs = new Float32Array(mixture.length / known.count);
    const mixed = softmaxHead({ labels, temperature, head: { kernel: mixture, bias: outputs } });
    const part = list.add([meanKnown], 'known_logits', [classes], {
      ...{ kind: 'dense', kernel: mixed.kernel, bias: mixed.bias },
    });
    logits = list.add([logits, part], 'all_logits', [classes], { kind: 'add' });
  }
  list.add([logits], PROBABILITIES, [classes], { kind: 'softmax' });
  if (!parts.novelty) return undefined;

  // As the app does: from the picture, and not from its mirror image.
  const upright = (name: string, tensor: string, length: number) =>
    isTwice ? list.add([tensor], name, [length], { kind: 'firstView' }) : tensor;
  const presentFrom = prior?.presentFrom;
  const fromPhotos =
    network.novelty &&
    list.add(
      [upright('upright_features', features, featureLength)],
      presentFrom === undefined ? NOVELTY : 'photo_novelty',
      [1],
      { kind: 'novelty', ...network.novelty },
    );
  if (!known || presentFrom === undefined) return fromPhotos;
  const inputs = [upright('upright_known', known.name, known.count), fromPhotos];
  return list.add(
    inputs.filter((name) => name !== undefined),
    NOVELTY,
    [1],
    { kind: 'knownNovelty', presentFrom },
  );
}

function isFeatureMap(list: OperationList, name: string): boolean {
  return list.shapeOf(name).length === 3;
}

/** The logits of the known classes, a row for each view. */
function addKnownClasses(
  list: OperationList,
  output: string,
  { kernel, bias, anchors, pooling }: NonNullable<TrainedNetwork['prior']>,
): { readonly name: string; readonly count: number } {
  const shape = list.shapeOf(output);
  const depth = shape.at(-1)!;
  const scored = [...shape.slice(0, -1), bias.length];
  const scores = isFeatureMap(list, output)
    ? list.add([output], 'known_scores', scored, {
        ...{ kind: 'convolution', groups: 1, clamp: 'linear' },
        ...{ strides: [1, 1], dilations: [1, 1], padding: NO_PADDING, bias },
        kernel: { shape: [1, 1, depth, bias.length], values: kernel },
      })
    : list.add([output], 'known_scores', scored, { kind: 'dense', kernel, bias });
  const count = bias.length / anchors;
  const name = list.add([scores], 'known_classes', [count], {
    ...{ kind: 'knownClasses', anchors, pooling },
  });
  return { name, count };
}
