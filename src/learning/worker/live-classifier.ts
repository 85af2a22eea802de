import type { Picture } from '../../image/draw-square.ts';
import { msg, str } from '../../i18n/msg.ts';
import type { DeviceWatch } from '../backend/device-watch.ts';
import { classActivationMap, type PlaceLogits } from '../evaluate/class-activation-map.ts';
import type { PlainHead } from '../evaluate/predict-library.ts';
import { NoveltyModel } from '../evaluate/novelty-model.ts';
import { combinedNovelty, canDetectUnknown } from '../evaluate/combined-novelty.ts';
import { answerOf, classProbabilities } from '../evaluate/probabilities.ts';
import type { FeatureExtractor } from '../features/feature-extractor.ts';
import { modelPixels } from '../input/model-pixels.ts';
import { augmentationOf, variantBatch, type Variant } from '../input/variants.ts';
import type { FoundBox } from '../../records/found-box.ts';
import type { ModelRecord } from '../../records/model.ts';
import { weightOf } from '../../models/repository.ts';
import { allFinite } from '../../platform/all-finite.ts';
import { Problem } from '../../platform/problem.ts';
import type { Classification, ClassifyOptions } from '../../records/classification.ts';
import { forwardPass, type ForwardPass } from './forward-pass.ts';
import { boxesOf } from './find-boxes.ts';
import type { Sought } from './sought.ts';

/** A prediction older than this, in ms, may show another scene and is left out of the mean. */
const MAX_AGE_MS = 1_000;

/** The result of one forward pass. */
interface Prediction {
  readonly logits: Float32Array;
  /** See Classification.novelty. */
  readonly novelty: number;
  /** Present if a heat map was asked for and the base ends in a feature map. */
  readonly placeLogits?: PlaceLogits | undefined;
  /** Present if they were asked for. */
  readonly boxes?: readonly FoundBox[] | undefined;
}

/** What a forward pass gives besides the answer. */
interface Extras {
  readonly heatMap: boolean;
  /** Look for boxes of these. */
  readonly sought: Sought | undefined;
}

/** A model on the backend, ready to classify pictures. */
export class LiveClassifier {
  readonly model: ModelRecord;
  /** The head as plain arrays, for predictions from stored features. */
  readonly plainHead: PlainHead;
  readonly #extractor: FeatureExtractor;
  /** Undefined for a model without photos, and for one that learned from photos elsewhere. */
  readonly #novelty: NoveltyModel | undefined;
  readonly #pass: ForwardPass;
  /** The newest prediction for each variant, from frames that follow each other. */
  readonly #recent = new Map<Variant, Prediction & { readonly at: number }>();
  #frameCount = 0;

  /**
   * @param weights laid out as `model.weights` lists them
   * @param extractor computes the features that the model's head reads; the caller disposes it
   * @throws Problem `damaged` when a weight is missing or has another size, `base` when the base does
   *   not give what the head reads
   */
  constructor(
    model: ModelRecord,
    weights: ArrayBuffer,
    extractor: FeatureExtractor,
    watch: DeviceWatch,
  ) {
    const damaged = () => new Problem('damaged', msg(str`${model.name} is damaged. Train again.`));
    const weight = (name: string) => {
      const bytes = weightOf(model, weights, name);
      if (!bytes) throw damaged();
      return bytes;
    };
    this.model = model;
    if (model.further && !extractor.further) {
      throw new Problem(
        'base',
        msg('Its base model is not on this phone any more, and without it the model is not whole.'),
      );
    }
    const knowsPhotos = !model.untrained && !model.imported;
    if (knowsPhotos) this.#novelty = NoveltyModel.fromBytes(weight('novelty'));
    const [kernel, bias] = [weight('dense/kernel'), weight('dense/bias')];
    this.plainHead = { kernel: new Float32Array(kernel), bias: new Float32Array(bias) };
    const { prior } = model;
    const known = prior && {
      ...{ prior, kernel: weight('known/kernel'), bias: weight('known/bias') },
    };
    const { featureLength } = extractor.spec;
    const rows = featureLength + (model.further?.length ?? 0);
    const isWhole =
      kernel.byteLength === rows * bias.byteLength &&
      (!known || known.kernel.byteLength === featureLength * known.bias.byteLength);
    if (!isWhole) throw damaged();
    this.#extractor = extractor;
    this.#pass = forwardPass(extractor, this.plainHead, known, watch);
  }

  /**
   * Classifies one picture, which the caller closes.
   *
   * @param sought what to find boxes of, if the model reads the features of the base
   * @throws Problem `not-finite`, `gpu`
   */
  async classify(
    picture: Picture,
    { heatMap = false, follows = false }: ClassifyOptions = {},
    sought?: Sought,
  ): Promise<Classification> {
    const started = performance.now();
    const variants = this.model.hyperparameters.askedVariants;
    const extras = { heatMap, sought };
    const prediction = follows
      ? await this.#predictNext(picture, extras, variants)
      : await this.#predict(picture, extras, variants);
    const probabilities = classProbabilities(prediction.logits, 1, this.model.temperature);
    const { answer } = answerOf(probabilities, 0, probabilities.length);
    return {
      probabilities: [...probabilities],
      novelty: prediction.novelty,
      ...(prediction.placeLogits && {
        heatMap: classActivationMap(prediction.placeLogits, answer),
      }),
      ...(prediction.boxes && { boxes: prediction.boxes }),
      modelId: this.model.id,
      milliseconds: performance.now() - started,
    };
  }

  /**
   * Runs one variant of this frame, the next of the cycle, and averages with the recent predictions
   * for the other variants.
   */
  async #predictNext(
    picture: Picture,
    extras: Extras,
    variants: readonly Variant[],
  ): Promise<Prediction> {
    const variant = variants[this.#frameCount++ % variants.length]!;
    const prediction = await this.#predict(picture, extras, [variant]);
    const at = performance.now();
    this.#recent.set(variant, { ...prediction, at });
    const recent = [...this.#recent.values()].filter((each) => at - each.at < MAX_AGE_MS);
    const mean = (valueOf: (each: Prediction) => number) =>
      recent.reduce((sum, each) => sum + valueOf(each), 0) / recent.length;
    return {
      ...prediction,
      logits: prediction.logits.map((_, output) => mean(({ logits }) => logits[output]!)),
      novelty: mean(({ novelty }) => novelty),
    };
  }

  /**
   * Makes one forward pass and one readback. The logits come from the mean features of the variants
   * (see loadMean); all else comes from the first variant.
   *
   * @throws Problem `not-finite`, `gpu`
   */
  async #predict(
    picture: Picture,
    { heatMap, sought }: Extras,
    variants: readonly Variant[],
  ): Promise<Prediction> {
    const { inputSize } = this.#extractor;
    const rgba = modelPixels(picture, inputSize);
    const pictures = variantBatch([{ id: '', rgba }], variants, inputSize);
    const result = await this.#pass.run(pictures, { places: heatMap, sought });
    const { logits, features, known, placeLogits, boxes } = result;
    if (!allFinite(logits)) {
      throw new Problem('not-finite', msg('The model gave no answer to this picture.'));
    }
    const isMirrored = augmentationOf('', variants[0]!).flip;
    return {
      logits,
      novelty: this.#noveltyOf(features, known),
      placeLogits: placeLogits && isMirrored ? mirrored(placeLogits) : placeLogits,
      ...(boxes && {
        boxes: boxesOf(this.#extractor, boxes, isMirrored),
      }),
    };
  }

  /** @param known logits of the prior's known classes */
  #noveltyOf(features: Float32Array, known: Float32Array): number {
    const { prior } = this.model;
    const photos = this.#novelty && this.#novelty.score(features) / this.#novelty.threshold;
    return prior && canDetectUnknown(prior) ? combinedNovelty(photos, known, prior) : (photos ?? 0);
  }

  dispose(): void {
    this.#pass.dispose();
  }
}

/** The places of a picture whose mirror image was asked about. */
function mirrored({ values, height, width }: PlaceLogits): PlaceLogits {
  const outputs = values.length / (height * width);
  return {
    ...{ height, width },
    values: Float32Array.from({ length: values.length }, (_, at) => {
      const place = Math.floor(at / outputs);
      const column = place % width;
      return values[(place + width - 1 - 2 * column) * outputs + (at % outputs)]!;
    }),
  };
}
