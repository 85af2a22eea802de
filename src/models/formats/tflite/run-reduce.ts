import { broadcast } from '../operations/strides.ts';
import type { Values } from '../operations/values.ts';

/**
 * The maximum or the sum over the axes that have length 1 in `shape`.
 *
 * @param shape as that of the values, with the length 1 in place of each reduced axis
 */
export function reduced(
  { shape: own, data }: Values,
  shape: readonly number[],
  operator: 'REDUCE_MAX' | 'SUM',
): Values {
  const isMaximum = operator === 'REDUCE_MAX';
  const length = shape.reduce((a, b) => a * b, 1);
  const result = new Float32Array(length).fill(isMaximum ? -Infinity : 0);
  const indexOf = broadcast(shape, own);
  data.forEach((value, i) => {
    const at = indexOf(i);
    result[at] = isMaximum ? Math.max(result[at]!, value) : result[at]! + value;
  });
  return { shape, data: result };
}
