import { existsSync } from 'node:fs';
import { ML5_VERSIONS, ml5Script } from '../../scripts/interop/ml5.ts';
import { expect, test } from '../browser/harness-test.ts';
import { expectLabelled, exportAndUnpack } from './exported.ts';
import { realModel } from './interop-models.ts';
import { openReader } from './reader-page.ts';

/** The part of ml5's global that is used. */
interface Ml5Window {
  ml5: {
    tf: { setBackend(name: string): Promise<boolean> };
    imageClassifier(address: string): Promise<Ml5Classifier>;
  };
}
interface Ml5Classifier {
  classify(image: HTMLImageElement): Promise<{ label: string; confidence: number }[]>;
}
declare const window: Ml5Window & typeof globalThis;

for (const version of ML5_VERSIONS) {
  // It scales every picture to 224 pixels, whatever the model reads: the size of the default base.
  test(`ml5 ${version}: imageClassifier reads Teachable Machine’s model, with the labels`, async ({
    page,
    served,
    browser,
  }) => {
    const script = ml5Script(version);
    test.skip(!existsSync(script), 'without ml5: `npm run test:interop` fetches it');
    const { id, bases } = await realModel(page, served);
    const { files, golden } = await exportAndUnpack(page, id, 'teachable-machine', bases);
    expect(golden.size).toBe(224);
    const reader = await openReader(browser, [script], files);
    const answers = await reader.evaluate(async (pictures) => {
      const { ml5 } = window;
      await ml5.tf.setBackend('cpu');
      const classifier = await ml5.imageClassifier(`${location.href}model.json`);
      const answers: Record<string, number>[] = [];
      for (const { file } of pictures) {
        const image = new Image(224, 224);
        image.src = file;
        await image.decode();
        const results = await classifier.classify(image);
        answers.push(
          Object.fromEntries(results.map(({ label, confidence }) => [label, confidence])),
        );
      }
      return answers;
    }, golden.pictures);
    expectLabelled(answers, golden);
    await reader.close();
  });
}
