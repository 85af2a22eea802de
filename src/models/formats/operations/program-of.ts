import { inputScaling } from '../input-scaling.ts';
import type { TrainedNetwork } from '../trained-network.ts';
import { addAnswers, PROBABILITIES, type AnswerParts } from './add-answers.ts';
import { fuse } from './fuse.ts';
import { lowerLayer } from './lower-layer.ts';
import { NO_PADDING, type Kind, type Program } from './operation.ts';
import { OperationList } from './operation-list.ts';

/** What of the app's answer a program computes besides the probabilities of one view. */
export interface ProgramParts extends Omit<AnswerParts, 'views'> {
  /** The mean over the mirror image, if the model asks for it. */
  readonly mirror: boolean;
}

/** Name of the input of every exported model. */
const INPUT = 'image';

/**
 * The whole model as operations, from pixels to the probabilities of the classes.
 *
 * @throws UnsupportedLayerError for a layer without an operation
 */
export function programOf(network: TrainedNetwork, parts: ProgramParts): Program {
  const { base, labels } = network;
  const isMirrored = parts.mirror && network.mirrored;
  const list = new OperationList(INPUT, [base.size, base.size, 3]);

  let picture: string = INPUT;
  if (isMirrored)
    picture = list.add([picture], 'views', [base.size, base.size, 3], { kind: 'withMirror' });
  const scaling = inputScaling(base.scaling);
  if (scaling) {
    picture = list.add([picture], 'input_scaling', [base.size, base.size, 3], {
      kind: 'convolution',
      ...{ strides: [1, 1], dilations: [1, 1], padding: NO_PADDING, groups: 1, clamp: 'linear' },
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
  const novelty = addAnswers(list, network, { ...parts, views: isMirrored ? 2 : 1 });
  const kept = [PROBABILITIES, ...(novelty === undefined ? [] : [novelty])];
  return {
    input: INPUT,
    size: base.size,
    operations: fuse(list.operations, kept),
    probabilities: PROBABILITIES,
    ...(novelty !== undefined && { novelty }),
    labels,
  };
}

/** Within one layer, only the last operation changes the rank; a kernel states the channels. */
function intermediateShape(kind: Kind, shape: readonly number[]): readonly number[] {
  if (kind.kind !== 'depthwise') return shape;
  return [...shape.slice(0, -1), kind.kernel.shape[2] * kind.kernel.shape[3]];
}
