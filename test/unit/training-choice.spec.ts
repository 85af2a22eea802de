import { expect, test } from '@playwright/test';
import type { BaseSpec } from '../../src/records/base-spec.ts';
import type { ModelRecord } from '../../src/records/model.ts';
import { trainOptions } from '../../src/pages/train/training-choice.ts';
import type { TrainOptions } from '../../src/records/training.ts';

const layers = { format: 'layers-model', fineTuneFrom: 'Conv1' } as BaseSpec;
const graph = { format: 'graph-model' } as BaseSpec;
const frozenOnly = { format: 'layers-model' } as BaseSpec;
const before = (preset: string, fineTunes: boolean) =>
  ({
    hyperparameters: { preset, ...(fineTunes && { fineTuning: {} }) },
  }) as Pick<ModelRecord, 'hyperparameters'>;

test.describe('how the next training goes', () => {
  test('by the preset', () => {
    expect(trainOptions({}, undefined, layers)).toEqual({ preset: 'quick', fineTuning: false });
    expect(trainOptions({ preset: 'tutorial' }, undefined, layers).fineTuning).toBe(true);
  });

  test('by the training before it', () => {
    const tutorial = { preset: 'tutorial', fineTuning: false };
    expect(trainOptions({}, before('tutorial', false), layers)).toEqual(tutorial);
    expect(trainOptions({}, before('quick', true), layers).fineTuning).toBe(true);
    const { fineTuning } = trainOptions({ preset: 'tutorial' }, before('quick', false), layers);
    expect(fineTuning).toBe(true);
  });

  test('by the person', () => {
    expect(trainOptions({ fineTuning: true }, undefined, layers).fineTuning).toBe(true);
    expect(trainOptions({ fineTuning: true }, undefined, graph).fineTuning).toBe(false);
    expect(trainOptions({ fineTuning: true }, undefined, frozenOnly).fineTuning).toBe(false);
    expect(trainOptions({ fineTuning: true }, undefined, undefined).fineTuning).toBe(true);
  });

  test('by the person’s numbers, except for a layer of another base', () => {
    const chosen = {
      preset: 'tutorial',
      hyperparameters: { epochs: 3 },
      fineTuning: { epochs: 2, fromLayer: 'block_3_expand' },
    } as const;
    const known = ['block_3_expand', 'Conv_1'];
    expect(trainOptions(chosen, undefined, layers, known)).toEqual(chosen);
    expect(trainOptions(chosen, undefined, layers)).toEqual(chosen);
    const other = trainOptions(chosen, undefined, layers, ['conv5_block1']);
    expect(other).toEqual({ ...chosen, fineTuning: { epochs: 2 } });
    const layerAlone = { ...chosen, fineTuning: { fromLayer: 'block_3_expand' } };
    expect(trainOptions(layerAlone, undefined, layers, []).fineTuning).toBe(true);
  });

  test('a setting of another version that names no preset of this one gives Quick', () => {
    const strange = { preset: 'slow' } as unknown as TrainOptions;
    expect(trainOptions(strange, undefined, layers).preset).toBe('quick');
  });
});
