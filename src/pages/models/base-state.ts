import { msg, str } from '../../i18n/msg.ts';
import type { EngineInfo } from '../../records/engine.ts';
import type { ModelRecord } from '../../records/model.ts';
import { wholeNumber } from '../../ui/phrases.ts';

/**
 * A model's base compared with the base in use:
 * - `ready`: it is the base in use
 * - `other`: it is installed, but the app has to switch to it
 * - `replaced`: its weights have changed since the training
 * - `missing`: it is not installed any more
 * - `unknown`: the engine has not started yet
 */
export type BaseState = 'ready' | 'other' | 'replaced' | 'missing' | 'unknown';

type BaseInfo = Pick<EngineInfo, 'featureSpaceId' | 'inputSize' | 'base' | 'bases'>;

/**
 * Compares the base of a model with the base in use.
 *
 * @param info undefined before the engine has started
 */
export function baseState(
  { base }: Pick<ModelRecord, 'base'>,
  info: BaseInfo | undefined,
): BaseState {
  if (!info) return 'unknown';
  if (base.featureSpaceId === info.featureSpaceId) return 'ready';
  if (base.id === info.base.id && base.inputSize === info.inputSize) return 'replaced';
  const installed = info.bases.find(({ id }) => id === base.id);
  return installed?.inputSizes.includes(base.inputSize) ? 'other' : 'missing';
}

/** Name and input size of a model's base: "MobileNetV2, Open Images at 224 px". */
export function baseWords({ base }: Pick<ModelRecord, 'base'>, info: BaseInfo | undefined): string {
  const installed = info?.bases.find(({ id }) => id === base.id);
  const name = installed?.name ?? base.name ?? base.id;
  const size = wholeNumber(base.inputSize);
  return msg(str`${name} at ${size} px`, {
    desc: 'a base model and the side of its pictures in pixels',
  });
}

/** Why a model cannot be used; undefined if it can. */
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
