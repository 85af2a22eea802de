import { msg, str } from '../../i18n/msg.ts';
import { zipFiles } from '../../models/formats/export-zip.ts';
import type { ExportedFile } from '../../models/formats/exported-file.ts';
import { goldenFiles, type GoldenVector } from '../../models/formats/golden-vectors.ts';
import { modelCard } from '../../models/formats/model-card.ts';
import { UnsupportedLayerError } from '../../models/formats/unsupported-layer.ts';
import { Problem } from '../../platform/problem.ts';
import type { AnswerPart, ExportedModel, ExportFormat, ExportOffer } from '../../records/export.ts';
import { fileName } from './file-name.ts';
import type { FormatWriter } from './format-writer.ts';
import { WRITERS } from './format-writers.ts';
import type { OpenModel } from './open-model.ts';

/** Which formats can hold a model, in the order in which they are offered. */
export async function exportOffers(model: OpenModel): Promise<ExportOffer[]> {
  const formats = Object.entries(WRITERS) as [ExportFormat, () => Promise<FormatWriter>][];
  return Promise.all(
    formats.map(async ([format, load]): Promise<ExportOffer> => {
      const { omits: all, expectSupported } = await load();
      const omits = omitted(all, model);
      try {
        expectSupported(model.network);
        return { format, omits };
      } catch (thrown) {
        return { format, omits, hindrance: hindranceOf(thrown).message };
      }
    }),
  );
}

/**
 * Writes a model in a format, reads the result again, and compares its answers to the golden
 * pictures with those of the app.
 *
 * @param onProgress reports the fraction that is done, 0 to 1
 * @throws Problem `export` when the format cannot hold the model, `self-test` when what was written
 *   answers differently
 */
export async function exportModel(
  model: OpenModel,
  format: ExportFormat,
  appVersion: string,
  onProgress: (fraction: number) => void,
): Promise<ExportedModel> {
  const writer = await WRITERS[format]();
  const { record, network, base, photos } = model;
  const omits = omitted(writer.omits, model);
  const golden = model.golden.map(({ pixels, app, plain, novelty }): GoldenVector => ({
    ...{ pixels, appProbabilities: app },
    ...(novelty !== undefined && { novelty }),
    probabilities: omits.includes('mirror') ? plain : app,
  }));
  onProgress(0.1);
  const { labels } = network;
  const extras = [
    modelCard({ model: record, labels, base, photos, omits, appVersion, usage: writer.usage }),
    ...(await goldenFiles(golden, {
      size: network.base.size,
      labels,
      tolerance: writer.tolerance,
    })),
  ];
  const facts = {
    ...{ record, base, appVersion, extras },
    name: record.name,
    createdAt: new Date(record.createdAt).toISOString(),
  };
  let written: ExportedFile[];
  try {
    written = await writer.write(network, facts);
  } catch (thrown) {
    throw hindranceOf(thrown);
  }
  onProgress(0.4);
  const difference = await check(writer, written, labels, golden, (fraction) => {
    onProgress(0.4 + 0.5 * fraction);
  });
  const { single } = writer;
  const bytes = single ? written[0]!.bytes.buffer : await zipFiles([...written, ...extras]);
  onProgress(1);
  const name = single
    ? `${fileName(record.name)}.${single.extension}`
    : `${fileName(record.name)}-${format}.zip`;
  return { format, name, type: single?.type ?? 'application/zip', bytes, difference };
}

/** What of the app's answers to this model is left out. */
function omitted(all: readonly AnswerPart[], { network }: OpenModel): AnswerPart[] {
  return all.filter((part) =>
    part === 'mirror' ? network.mirrored : network.novelty !== undefined,
  );
}

/**
 * Reads what was written and lets it answer the golden pictures.
 *
 * @returns the largest difference of a probability
 * @throws Problem `self-test`
 */
async function check(
  writer: FormatWriter,
  written: readonly ExportedFile[],
  labels: readonly string[],
  golden: readonly GoldenVector[],
  onProgress: (fraction: number) => void,
): Promise<number> {
  const fault = (cause: unknown) =>
    new Problem(
      'self-test',
      msg(
        'What was written does not answer as the model does, so it is not offered. Nothing is lost.',
      ),
      { cause },
    );
  let largest = 0;
  try {
    const read = await writer.read(written, { labels });
    try {
      if (read.labels.join('\n') !== labels.join('\n')) throw new Error('The labels differ');
      for (const [i, { pixels, probabilities, novelty }] of golden.entries()) {
        const answers = await read.answer(pixels);
        const differences = probabilities.map((p, c) => Math.abs(p - answers.probabilities[c]!));
        if (answers.novelty !== undefined && novelty !== undefined) {
          differences.push(Math.abs(answers.novelty - novelty) / Math.max(1, novelty) / 10);
        }
        largest = Math.max(
          largest,
          ...differences.map((each) => (Number.isNaN(each) ? Infinity : each)),
        );
        onProgress((i + 1) / golden.length);
      }
    } finally {
      read.dispose();
    }
  } catch (thrown) {
    throw fault(thrown);
  }
  if (largest > writer.tolerance) throw fault(`differs by ${largest}`);
  return largest;
}

function hindranceOf(thrown: unknown): Problem {
  if (!(thrown instanceof UnsupportedLayerError)) {
    return Problem.from(thrown, msg('The model could not be written.'));
  }
  const { layer } = thrown;
  return new Problem(
    'export',
    msg(str`This format cannot hold a layer of its base model: ${layer}.`),
    { cause: thrown },
  );
}
