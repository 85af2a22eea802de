import { msg, str } from '../../i18n/msg.ts';
import { presentClasses } from '../../models/present-classes.ts';
import { getModel, loadWeights, weightOf } from '../../models/repository.ts';
import type { PhotoCounts } from '../../models/formats/model-card.ts';
import type {
  NetworkPrior,
  Novelty,
  TrainedNetwork,
} from '../../models/formats/trained-network.ts';
import { listClasses } from '../../photos/classes.ts';
import { listLabels } from '../../photos/repository.ts';
import { Problem } from '../../platform/problem.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { Prior } from '../../records/prior.ts';
import { loadBaseFiles } from '../bases/base-files.ts';
import { listBases } from '../bases/registry.ts';
import { NoveltyModel } from '../evaluate/novelty-model.ts';
import { canDetectUnknown, KNOWN_WEIGHT, STRICTNESS } from '../evaluate/combined-novelty.ts';
import { baseSpaceId } from '../features/feature-extractor.ts';
import { mixtureOfMatched } from '../features/prior-logits.ts';
import { isTuned } from '../../models/is-tuned.ts';
import { writeTail } from '../fine-tune/tail-weights.ts';
import { HeadPrior } from '../head/head-prior.ts';
import { disposeLayersIfThrown } from '../model-files/layer-graph.ts';
import { loadLayers } from '../model-files/load-layers.ts';
import { modelArtifacts } from '../model-files/model-artifacts.ts';
import { freezeLayers } from '../network/build-frozen-network.ts';
import { goldenAnswers, type GoldenAnswer } from './golden-answers.ts';
import { describeNetwork } from './describe-network.ts';

/** A stored model, ready to be written in any format. */
export interface OpenModel {
  readonly record: ModelRecord;
  readonly base: BaseSpec;
  readonly network: TrainedNetwork;
  /** In the order of the classes. */
  readonly photos: readonly PhotoCounts[];
  /** The app's own answers to the golden pictures. */
  readonly golden: readonly GoldenAnswer[];
}

/**
 * Reads a stored model and its base, and lets the app's own network answer the golden pictures, on
 * the current backend.
 *
 * @param basesUrl address of the folder of bases, ending in a slash
 * @throws Problem `no-model`, `damaged`; `base` when its base is not there, was replaced, or lists no
 *   layers
 */
export async function openModel(modelId: string, basesUrl: string): Promise<OpenModel> {
  const record = await getModel(modelId);
  if (!record) throw new Problem('no-model', msg('That model is no longer there.'));
  const located = (await listBases(basesUrl)).find(({ spec }) => spec.id === record.base.id);
  const { inputSize, featureSpaceId } = record.base;
  if (!located || baseSpaceId(located.spec, inputSize) !== featureSpaceId) {
    throw new Problem(
      'base',
      msg('Its base model is not on this phone any more, and without it the model is not whole.'),
    );
  }
  const { spec } = located;
  if (spec.format === 'graph-model') {
    throw new Problem(
      'base',
      msg(
        str`Its base, “${spec.name}”, is a graph model. Those list no layers, so no other format can hold it.`,
      ),
    );
  }
  const weights = await loadWeights(record);
  const files = await loadBaseFiles(located);
  const layers = await loadLayers(modelArtifacts(spec, files.bytes), inputSize);
  if (isTuned(record)) {
    const { fromLayer } = record.fineTuning!.options;
    writeTail(layers, fromLayer, (name) => weightOf(record, weights, name));
  }
  const { inputRange: range, preprocessing: mode } = spec;
  const base = disposeLayersIfThrown(layers, () =>
    describeNetwork(layers, { range, ...(mode && { mode }) }),
  );
  const weight = (name: string): ArrayBuffer => {
    const bytes = weightOf(record, weights, name);
    if (!bytes) throw new Problem('damaged', msg(str`${record.name} is damaged. Train again.`));
    return bytes;
  };
  const novelty = record.imported ? undefined : NoveltyModel.fromBytes(weight('novelty'));
  const { prior, further } = record;
  const network: TrainedNetwork = {
    base,
    labels: presentClasses(record.classes, await listClasses()).map(({ name }) => name),
    head: {
      kernel: new Float32Array(weight('dense/kernel')),
      bias: new Float32Array(weight('dense/bias')),
    },
    temperature: record.temperature,
    mirrored: record.hyperparameters.askedVariants.includes('flip'),
    ...(novelty && { novelty: noveltyOf(novelty, prior) }),
    ...(prior && { prior: networkPrior(prior, weight) }),
    ...(further && { further: { tensor: further.layer, ...further } }),
  };
  const frozen = freezeLayers(layers, further?.layer);
  const headPrior =
    prior && HeadPrior.fromBytes(prior, weight('known/kernel'), weight('known/bias'));
  try {
    const parts = { frozen, prior: headPrior, record, novelty, spec };
    const golden = await goldenAnswers(network, parts);
    return { record, base: spec, network, photos: await countPhotos(record), golden };
  } finally {
    frozen.dispose();
    headPrior?.dispose();
  }
}

function networkPrior(prior: Prior, weight: (name: string) => ArrayBuffer): NetworkPrior {
  return {
    kernel: new Float32Array(weight('known/kernel')),
    bias: new Float32Array(weight('known/bias')),
    anchors: prior.anchors,
    pooling: prior.pooling,
    mixture: mixtureOfMatched(prior),
  };
}

function noveltyOf(
  { references, neighbours, threshold }: NoveltyModel,
  prior: Prior | undefined,
): Novelty {
  const photos = { references, neighbours, threshold };
  if (!prior || !canDetectUnknown(prior)) return photos;
  const { presentFrom } = prior;
  return {
    ...photos,
    knownClasses: { presentFrom, weight: KNOWN_WEIGHT, strictness: STRICTNESS },
  };
}

/** Counts the photos of a model by class and split; those that were deleted since have no class. */
async function countPhotos({ classes, photoIds }: ModelRecord): Promise<PhotoCounts[]> {
  const labels = await listLabels();
  const count = (ids: readonly string[], classId: string) =>
    ids.filter((id) => labels.get(id) === classId).length;
  return classes.map(({ id }) => ({
    train: count(photoIds.train, id),
    validation: count(photoIds.validation, id),
    test: count(photoIds.test, id),
  }));
}
