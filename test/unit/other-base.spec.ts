import { expect, test } from '@playwright/test';
import { otherBase } from '../../src/learning/features/other-base.ts';
import type { BaseSpec } from '../../src/records/base-spec.ts';

const BASES = [
  { id: 'openimages', name: 'MobileNetV2, Open Images', inputSizes: [224, 160] },
  { id: 'imagenet', name: 'MobileNetV2, ImageNet', inputSizes: [224, 160] },
] as unknown as BaseSpec[];

const inUse = { spec: BASES[0]!, inputSize: 224, featureSpaceId: 'openimages@224:aa' };

function trainedOn(id: string, inputSize: number, hash = 'aa') {
  return otherBase({ id, inputSize, featureSpaceId: `${id}@${inputSize}:${hash}` }, inUse, BASES);
}

test('what was trained elsewhere is told with what there is to do about it', () => {
  expect(trainedOn('openimages', 224)).toBeUndefined();
  expect(trainedOn('openimages', 160)).toEqual({
    on: 'pictures of 160 pixels',
    choose: 'size',
  });
  expect(trainedOn('imagenet', 160)).toEqual({
    on: '“MobileNetV2, ImageNet” at 160 pixels',
    choose: 'base',
  });
  // A base, a size or weights that nobody can choose.
  expect(trainedOn('mine', 224)).toEqual({ on: 'a base model that is not here any more' });
  expect(trainedOn('openimages', 96)).toEqual({ on: 'a base model that is not here any more' });
  expect(trainedOn('openimages', 224, 'bb')).toEqual({
    on: 'another version of this base model',
  });
});
