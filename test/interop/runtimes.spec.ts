import { addTrainedLibrary, expect, test } from '../browser/harness-test.ts';
import { TINY_BASES } from '../harness/serve-harness.ts';
import { expectLabelled, exportAndUnpack } from './exported.ts';
import { openReader } from './reader-page.ts';

/** The parts of the readers that are used. */
interface OrtModule {
  env: { wasm: { wasmPaths: string; numThreads: number } };
  InferenceSession: {
    create(path: string): Promise<{
      run(feeds: object): Promise<Record<string, { data: Float32Array }>>;
    }>;
  };
  Tensor: new (type: string, data: Float32Array, shape: number[]) => object;
}
declare const window: { ort: OrtModule } & typeof globalThis;

test('ONNX Runtime in a page reads the ONNX model, novelty and all', async ({ page, browser }) => {
  const { id } = await addTrainedLibrary(page, TINY_BASES);
  const { files, golden } = await exportAndUnpack(page, id, 'onnx');
  const reader = await openReader(
    browser,
    ['node_modules/onnxruntime-web/dist/ort.wasm.min.js'],
    files,
  );
  const answers = await reader.evaluate(async ({ pictures, size }) => {
    const { ort } = window;
    ort.env.wasm.wasmPaths = '/node_modules/onnxruntime-web/dist/';
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create('model.onnx');
    const answers: { probabilities: number[]; novelty: number }[] = [];
    for (const { file } of pictures) {
      const image = new Image();
      image.src = file;
      await image.decode();
      const context = new OffscreenCanvas(size, size).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, size, size);
      const plane = size * size;
      const pixels = Float32Array.from(
        { length: 3 * plane },
        (_, i) => data[(i % plane) * 4 + Math.floor(i / plane)]! / 127.5 - 1,
      );
      const outputs = await session.run({
        image: new ort.Tensor('float32', pixels, [1, 3, size, size]),
      });
      answers.push({
        probabilities: [...outputs['probabilities']!.data],
        novelty: outputs['novelty']!.data[0]!,
      });
    }
    return answers;
  }, golden);
  golden.pictures.forEach(({ probabilities, novelty }, i) => {
    const differences = probabilities.map((p, c) => Math.abs(p - answers[i]!.probabilities[c]!));
    expect(Math.max(...differences)).toBeLessThan(golden.tolerance);
    expect(answers[i]!.novelty).toBeCloseTo(novelty, 2);
  });
  await reader.close();
});

test('MediaPipe’s image classifier reads the TFLite model with its labels', async ({
  page,
  browser,
}) => {
  const { id } = await addTrainedLibrary(page, TINY_BASES);
  const { files, golden } = await exportAndUnpack(page, id, 'tflite');
  const reader = await openReader(browser, [], files);
  const answers = await reader.evaluate(async (pictures) => {
    // Not resolved at build time: the page's server has it.
    const address: string = '/node_modules/@mediapipe/tasks-vision/vision_bundle.mjs';
    const vision = (await import(address)) as typeof import('@mediapipe/tasks-vision');
    const wasm = await vision.FilesetResolver.forVisionTasks(
      '/node_modules/@mediapipe/tasks-vision/wasm',
    );
    const classifier = await vision.ImageClassifier.createFromOptions(wasm, {
      baseOptions: { modelAssetPath: 'model.tflite' },
    });
    const answers: Record<string, number>[] = [];
    for (const { file } of pictures) {
      const image = new Image();
      image.src = file;
      await image.decode();
      const { categories } = classifier.classify(image).classifications[0]!;
      answers.push(
        Object.fromEntries(categories.map(({ categoryName, score }) => [categoryName, score])),
      );
    }
    return answers;
  }, golden.pictures);
  expectLabelled(answers, golden);
  await reader.close();
});
