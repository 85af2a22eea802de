import { msg, str } from '../../i18n/msg.ts';
import { fitsPrecision } from '../../models/formats/phone/head-bytes.ts';
import {
  isPhoneVariants,
  MODEL_FILE,
  type PhoneModel,
} from '../../models/formats/phone/phone-model.ts';
import { readPhoneModel } from '../../models/formats/phone/read-phone-model.ts';
import { writePhoneModel } from '../../models/formats/phone/write-phone-model.ts';
import { presentClasses } from '../../models/present-classes.ts';
import { getModel, loadWeights, weightOf } from '../../models/repository.ts';
import { listClasses } from '../../photos/classes.ts';
import { Problem } from '../../platform/problem.ts';
import type { BaseSpec } from '../../records/base-spec.ts';
import type { ModelRecord } from '../../records/model.ts';
import type { Agreement, PackedModel, Precision, WrittenModel } from '../../records/phone-model.ts';
import { baseForHead } from '../bases/base-for-head.ts';
import { listBases } from '../bases/registry.ts';
import { storedVariants } from '../features/feature-store.ts';
import { loadMean, loadMeanPrior, StoredData } from '../features/training-data.ts';
import { isTuned } from '../../models/is-tuned.ts';
import { compareHeads, type HeadInputs } from './compare-heads.ts';
import { fileName } from './file-name.ts';

/**
 * Largest difference of a probability from the full head's with which rounded weights are offered; the
 * smallest file first.
 */
const MOST_DIFFERENCE: readonly (readonly [Precision, number])[] = [
  ['int8', 0.01],
  ['float16', 0.001],
  ['float32', 0],
];

/** The photos that two heads are compared on, and which these are. */
type ComparedInputs = HeadInputs & Pick<Agreement, 'photos'>;

/**
 * Writes a stored model for another phone: as a file, whose weights are rounded only as far as the
 * answers to the photos of the model allow, and with 8 bits a weight, for a picture. Both are read
 * again and compared on those photos. Where none is here, the file is rounded one step less.
 *
 * @param basesUrl address of the folder of bases, ending in a slash
 * @throws Problem `no-model`, `damaged`, `base`, `base-missing`; `fine-tuned` when the head is not all
 */
export async function packModel(modelId: string, basesUrl: string): Promise<PackedModel> {
  const record = await getModel(modelId);
  if (!record) throw new Problem('no-model', msg('That model is no longer there.'));
  if (isTuned(record)) {
    throw new Problem(
      'fine-tuned',
      msg(
        'Its base was fine-tuned on this phone, and the base of another phone does not fit: neither a file nor a QR code of its head would answer there. Send the whole library, or the model that it was fine-tuned from.',
      ),
    );
  }
  const { model, spec } = await phoneModel(record, basesUrl);
  const inputs = await inputsOf(record, spec);
  const picture = await written(model, 'int8', inputs);
  return {
    name: `${fileName(record.name)}.${MODEL_FILE.extension}`,
    file: await writtenAsFile(model, picture, inputs),
    picture,
  };
}

async function writtenAsFile(
  model: PhoneModel,
  rounded: WrittenModel,
  inputs: ComparedInputs | undefined,
): Promise<WrittenModel> {
  for (const [precision, most] of MOST_DIFFERENCE.slice(inputs ? 0 : 1)) {
    if (!fitsPrecision(model.head.kernel, precision)) continue;
    const one = precision === 'int8' ? rounded : await written(model, precision, inputs);
    const { agreement } = one;
    const agrees =
      !agreement || (agreement.same === agreement.count && agreement.difference <= most);
    if (agrees) return one;
  }
  throw new Problem(
    'self-test',
    msg('The written model answers differently, so it is not offered.'),
  );
}

async function written(
  model: PhoneModel,
  precision: Precision,
  inputs: ComparedInputs | undefined,
): Promise<WrittenModel> {
  const bytes = await writePhoneModel(model, precision);
  if (!inputs) return { bytes, precision };
  const { head } = await readPhoneModel(bytes);
  const agreement = { ...compareHeads(model.head, head, inputs), photos: inputs.photos };
  return { bytes, precision, agreement };
}

/** What of a stored model goes to another phone. */
async function phoneModel(
  record: ModelRecord,
  basesUrl: string,
): Promise<{ model: PhoneModel; spec: BaseSpec }> {
  const bytes = await loadWeights(record);
  const numbers = (name: string) => {
    const weight = weightOf(record, bytes, name);
    if (!weight) throw new Problem('damaged', msg(str`${record.name} is damaged. Train again.`));
    return new Float32Array(weight);
  };
  const { askedVariants } = record.hyperparameters;
  if (!isPhoneVariants(askedVariants))
    throw new Problem('damaged', msg(str`${record.name} is damaged. Train again.`));
  const located = (await listBases(basesUrl)).find(({ spec }) => spec.id === record.base.id);
  const known = located?.spec.knows;
  const base = {
    ...record.base,
    name: record.base.name ?? located?.spec.name ?? record.base.id,
    ...(located && { bytes: located.spec.files.reduce((sum, { bytes }) => sum + bytes, 0) }),
  };
  const prior = record.prior && known && { ...record.prior, sha256: known.file.sha256 };
  const classes = presentClasses(record.classes, await listClasses());
  const { test = record.testedElsewhere, photoIds, createdAt, name, temperature } = record;
  const photos = photoIds.train.length;
  const model: PhoneModel = {
    ...{ name, createdAt, base, temperature, askedVariants },
    classes: classes.map(({ name, palette }) => ({ name, palette })),
    ...(photos > 0 && { photos }),
    ...(test && test.count > 0 && { test: { count: test.count, correct: test.correct } }),
    ...(prior && { prior }),
    ...(record.further && { further: record.further }),
    head: { kernel: numbers('dense/kernel'), bias: numbers('dense/bias') },
  };
  // As on the other phone: the base is here by its hashes, and gives the predictor that the model has.
  const { spec, known: weights } = await baseForHead(model, basesUrl);
  if (weights && !isSame(weights.kernel, numbers('known/kernel'))) {
    throw new Problem(
      'base',
      msg('Its base was replaced since it was trained. Train again, then send it.'),
    );
  }
  return { model, spec };
}

/** The features of the photos that a model is compared on; undefined if none are here. */
async function inputsOf(
  { photoIds, base: { featureSpaceId }, prior, further, ...record }: ModelRecord,
  spec: BaseSpec,
): Promise<ComparedInputs | undefined> {
  const { hyperparameters, temperature } = record;
  const { askedVariants } = hyperparameters;
  const stored = await storedVariants(featureSpaceId, [
    ...(prior ? (['known'] as const) : []),
    ...(further ? (['further'] as const) : []),
  ]);
  const isHere = (id: string) => askedVariants.every((variant) => stored.get(id)?.has(variant));
  const test = photoIds.test.filter(isHere);
  const others = test.length > 0 ? [] : [...photoIds.validation, ...photoIds.train].filter(isHere);
  const ids = [...test, ...others];
  if (ids.length === 0) return undefined;
  const photos = { train: [], validation: [], test: ids.map((id) => ({ id, label: 0 })) };
  const data = new StoredData({ featureSpaceId, spec }, photos, { prior, further });
  return {
    photos: test.length > 0 ? 'test' : 'other',
    features: await loadMean(data, 'test', askedVariants),
    prior: await loadMeanPrior(data, 'test', askedVariants),
    temperature,
  };
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
