import { msg } from '../i18n/msg.ts';
import type { BaseClient } from '../learning/api/base-client.ts';
import type { LearningClient } from '../learning/api/learning-client.ts';
import { saveImportedModel } from '../models/imported-model.ts';
import { isModelFileName, LIMITS, type PhoneModel } from '../models/formats/phone/phone-model.ts';
import { isModelText, readModelText } from '../models/formats/phone/read-model-text.ts';
import { isPhoneModel, readPhoneModel } from '../models/formats/phone/read-phone-model.ts';
import { SIGNATURE } from '../models/formats/phone/write-phone-model.ts';
import { adoptClasses, parseClassNames } from '../photos/adopt-classes.ts';
import { Problem } from '../platform/problem.ts';
import type { AddedModel } from './add-model.ts';
import { learning, ownBases } from './learning.ts';

/** What a model is received with. */
interface Services {
  readonly bases: Pick<BaseClient, 'forHead'>;
  readonly engine: Pick<LearningClient, 'useBase' | 'assertBaseCanChange'>;
}

/**
 * The one of the chosen files that is a model from another phone, by its name or its first bytes.
 *
 * @returns undefined if there is none
 */
export async function modelFileOf(files: readonly File[]): Promise<File | undefined> {
  for (const file of files) {
    if (isModelFileName(file.name)) return file;
    const head = file.slice(0, SIGNATURE.length);
    // An unreadable file is reported later, when the whole file is read.
    const bytes = await head.arrayBuffer().catch(() => new ArrayBuffer(0));
    const start = new Uint8Array(bytes);
    if (isPhoneModel(start) || isModelText(start)) return file;
  }
  return undefined;
}

/** Reads a model file, or one as text. @throws Problem as `readPhoneModel`, or `unreadable` */
export async function readModelFile(file: File): Promise<PhoneModel> {
  // A file that is too large is refused by its size, without reading it.
  const buffer = await file
    .slice(0, LIMITS.fileBytes + 1)
    .arrayBuffer()
    .catch((cause: unknown) => {
      throw new Problem('unreadable', msg('The file could not be read.'), { cause });
    });
  const bytes = new Uint8Array(buffer);
  return readPhoneModel(isModelText(bytes) ? await readModelText(bytes) : bytes);
}

/**
 * Makes a model that came from another phone a model of this one, which Live uses at once. Nothing is
 * stored if its base is not here.
 *
 * @param model as `readPhoneModel` returns it
 * @throws Problem `base-missing` in words that say which base to fetch; `busy` while a training runs;
 *   as `parseClassNames`, `adoptClasses` and `LearningClient.useBase`
 */
export async function receiveModel(
  model: PhoneModel,
  { bases, engine }: Services = { bases: ownBases, engine: learning },
): Promise<AddedModel> {
  // Before anything is stored.
  engine.assertBaseCanChange();
  const { name, base, classes: sent, head } = model;
  const names = parseClassNames(sent.map(({ name }) => name));
  const { spec, known } = await bases.forHead({
    base,
    ...(model.prior && { prior: model.prior }),
    ...(model.further && { further: model.further }),
  });
  const { temperature, askedVariants, test, prior, further } = model;
  const outputs = head.bias.length;
  const rows = spec.featureLength + (further?.length ?? 0);
  if (head.kernel.length !== rows * outputs) throw doesNotFit();
  const classes = await adoptClasses(
    names,
    sent.map(({ palette }) => palette),
  );
  const record = await saveImportedModel({
    ...{ name, spec, classes },
    classifier: {
      inputSize: base.inputSize,
      featureSpaceId: base.featureSpaceId,
      ...head,
    },
    phone: {
      ...{ temperature, askedVariants },
      ...(test && { test }),
      ...(prior && { prior }),
      ...(further && { further }),
      ...(known && { known }),
    },
  });
  await engine.useBase(spec.id, base.inputSize);
  return { spec, model: record };
}

function doesNotFit(): Problem {
  return new Problem('model-file', msg('This model does not fit its base, so it was not added.'));
}
