import { msg, str } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { wholeNumber } from '../../ui/phrases.ts';

/**
 * How a model's base stands to the one in use: `ready` is that one; `other` is here and would have to
 * be changed to; `replaced` has other weights by now; `missing` is here no more; `unknown` before the
 * engine runs.
 */
export type BaseState = 'ready' | 'other' | 'replaced' | 'missing' | 'unknown';

type Known = Pick<EngineInfo, 'featureSpaceId' | 'inputSize' | 'base' | 'bases'>;

export function baseState({ base }: Pick<ModelRecord, 'base'>, info: Known | undefined): BaseState {
  if (!info) return 'unknown';
  if (base.featureSpaceId === info.featureSpaceId) return 'ready';
  if (base.id === info.base.id && base.inputSize === info.inputSize) return 'replaced';
  const installed = info.bases.find(({ id }) => id === base.id);
  return installed?.inputSizes.includes(base.inputSize) ? 'other' : 'missing';
}

/** "MobileNetV2, Open Images at 224 px". */
export function baseWords({ base }: Pick<ModelRecord, 'base'>, info: Known | undefined): string {
  const installed = info?.bases.find(({ id }) => id === base.id);
  const name = installed?.name ?? base.name ?? base.id;
  const size = wholeNumber(base.inputSize);
  return msg(str`${name} at ${size} px`, {
    desc: 'a base model and the side of its pictures in pixels',
  });
}

/** Why a model cannot be used as it is; undefined where it can. */
export function baseHindrance(state: BaseState): string | undefined {
  switch (state) {
    case 'missing':
      return msg(
        'Its base model is no longer on this phone. Add that one again in Settings to use it.',
      );
    case 'replaced':
      return msg('Its base model has been replaced by a newer one. Train again to use that.');
    default:
      return undefined;
  }
}
