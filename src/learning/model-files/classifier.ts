import type { ClassifierFault } from '../../records/base-inspection.ts';
import { cutClassifier, upTo } from './cut-classifier.ts';
import { headOf, planHead, type ClassifierHead, type HeadPlan } from './classifier-head.ts';
import type { FunctionalJson, LayerJson } from './keras/keras-json.ts';
import { LIMITS } from './limits.ts';

/** Classes of the app; see `MOST_CLASSES` of the photos. */
const MOST_CLASSES = 8;

/** A classifier whose answers the app can give. */
interface Classifier {
  /** Number of classes. */
  readonly classes: number;
  readonly head: ClassifierHead;
}

/** A network, and what its classifier is good for. */
export interface SplitNetwork {
  /** From the input to the features. */
  readonly body: FunctionalJson;
  /** Whether the output of the body is the features, though it looks like part of a classifier. */
  readonly hasHiddenLayers: boolean;
  readonly classifier?: Classifier;
  readonly fault?: ClassifierFault;
}

/** The shape and the values of a weight of a layer, such as `kernel`; undefined if it has none. */
export type WeightOf = (
  layer: LayerJson,
  name: string,
) => { readonly shape: readonly number[]; read(): Float32Array } | undefined;

/**
 * Splits a network into its body and its classifier. Layers of the classifier that are not linear, such
 * as the hidden layer of Teachable Machine, become part of the body, so that the answers stay exactly
 * those of the whole network.
 *
 * @param model from `normalizeTopology`, with one input and one output
 * @param asClassifier false to cut off the whole classifier
 */
export function splitClassifier(
  model: FunctionalJson,
  weightOf: WeightOf,
  asClassifier: boolean,
): SplitNetwork {
  const { body, top } = cutClassifier(model);
  if (!asClassifier || top.length === 0) return { body, hasHiddenLayers: false };
  const plan = planHead(top);
  const fault = plan ? faultOf(plan, weightOf) : ({ kind: 'form' } as const);
  const head = plan && !fault && headOf(plan, (layer, name) => weightOf(layer, name)?.read());
  if (!plan || !head) return { body, hasHiddenLayers: false, fault: fault ?? { kind: 'form' } };
  const { features, classes } = plan;
  return {
    body: features ? upTo(model, features) : body,
    hasHiddenLayers: features !== undefined,
    classifier: { classes, head },
  };
}

/** Checked before anything is read: ImageNet's classes, or a flattened map. */
function faultOf({ classes, linear }: HeadPlan, weightOf: WeightOf): ClassifierFault | undefined {
  if (classes > MOST_CLASSES) return { kind: 'classes', count: classes };
  const features = weightOf(linear.at(-1)!, 'kernel')?.shape.at(-2);
  if (features === undefined) return { kind: 'form' };
  return features > LIMITS.featureLength ? { kind: 'features', count: features } : undefined;
}
