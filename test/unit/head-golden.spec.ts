import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { headTrial, runTrial } from '../fixtures/epoch-loop-setting.ts';

/** SHA-256 of the weights of a head without a prior, as the app trained it before there were priors. */
const BEFORE = new Map([
  [2, '469de2eb79704207ad9310e76515c78dacc1cdff3a57af26e16a0fa874764eef'],
  [4, '96f6693c9e2aa6e087a796344a731bc87a4ab52ad16fb79b776d74fe5d976457'],
]);

for (const [classes, expected] of BEFORE) {
  test(`a head of ${classes} classes without a prior is the one of before, bit for bit`, async () => {
    await tf.setBackend('cpu');
    const { weights } = await runTrial(headTrial({ classes, options: { l2: 5e-2 } }));
    const hash = createHash('sha256');
    for (const { buffer, byteOffset, byteLength } of weights) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    expect(hash.digest('hex')).toBe(expected);
  });
}
