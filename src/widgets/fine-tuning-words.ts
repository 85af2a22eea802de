import { msg, str } from '../i18n/msg.ts';
import type { BaseSpec } from '../records/base-spec.ts';

/** Which layers of a base can be fine-tuned, in a few words. */
export function fineTuning({
  format,
  fineTuneFrom,
}: Pick<BaseSpec, 'format' | 'fineTuneFrom'>): string {
  if (fineTuneFrom !== undefined) {
    return msg(str`Any layers from ${fineTuneFrom} on`, { desc: 'the name of a layer' });
  }
  return format === 'graph-model' ? msg('Frozen only: a GraphModel') : msg('Frozen only');
}
