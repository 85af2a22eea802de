import * as parts from 'page-parts:../../web-page/main.ts';
import { inEachLanguage } from '../../i18n/each-language.ts';
import { language } from '../../i18n/language.ts';
import { programOf } from '../../models/formats/operations/program-of.ts';
import type { TrainedNetwork } from '../../models/formats/trained-network.ts';
import { pageTexts } from '../../models/formats/web-page/page-texts.ts';
import { readWebPage, writeWebPage } from '../../models/formats/web-page/write-web-page.ts';
import type { PageFacts } from '../../models/formats/web-page/web-page.ts';
import { wilsonInterval } from '../../models/statistics/wilson-interval.ts';
import { networkOf } from '../program/program-network.ts';
import { fileOf } from './file-of.ts';
import type { FormatWriter } from './format-writer.ts';

const PATH = 'model.html';

const programIn = (network: TrainedNetwork) => programOf(network, { mirror: true, novelty: true });

/** A page of its own, with the model in it. */
export const webPage: FormatWriter = {
  omits: [],
  tolerance: 1e-4,
  usage:
    'Open the file in a browser: it asks for no network. The model card and the golden vectors stand in it as JSON, in the element `files`.',
  single: { type: 'text/html', extension: 'html' },
  expectSupported: (network) => void programIn(network),
  write: async (network, { record, base, appVersion, extras }) => {
    const { test } = record;
    const facts: PageFacts = {
      name: record.name,
      palette: record.classes.map(({ palette }) => palette),
      createdAt: record.createdAt,
      ...(!record.imported && { photos: record.photoIds.train.length }),
      ...(test &&
        test.count > 0 && {
          test: {
            ...{ count: test.count, correct: test.correct },
            interval: wilsonInterval(test.correct, test.count),
          },
        }),
      base: { name: base.name, licence: `${base.licence.name}, ${base.licence.holder}` },
      ...{ appVersion, language: language().code, texts: await inEachLanguage(pageTexts) },
    };
    const content = { program: programIn(network), facts, files: extras, parts };
    return [{ path: PATH, bytes: await writeWebPage(content) }];
  },
  read: (files) => {
    const { program } = readWebPage(fileOf(files, PATH));
    const run = networkOf(program);
    return Promise.resolve({
      labels: program.labels,
      answer: (pixels) => {
        const { probabilities, novelty } = run({ rgb: Float32Array.from(pixels) });
        return { probabilities, ...(novelty && { novelty: novelty[0]! }) };
      },
      dispose: () => undefined,
    });
  },
};
