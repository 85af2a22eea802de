import { KNOWN_SHARE, STRICTNESS } from '../operations/run-known-classes.ts';
import type { Operation } from '../operations/operation.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** The logit of each known class: channels are classes times anchors, so they lie side by side. */
export function addKnownClasses(
  graph: GraphBuilder,
  { anchors, pooling, output, shape }: Extract<Operation, { kind: 'knownClasses' }>,
  x: string,
): void {
  const [count = 0] = shape;
  const places = graph.shapeOf(x).reduce((a, b) => a * b, 1) / (count * anchors);
  const rows = graph.integers(`${output}/shape`, [0, count, places * anchors]);
  graph.add('Reshape', [x, rows], [`${output}/rows`]);
  const reduce = pooling === 'mean' ? 'ReduceMean' : 'ReduceLogSumExp';
  graph.add(reduce, [`${output}/rows`], [`${output}/logits`], { axes: [2], keepdims: 1 });
  graph.add('Flatten', [`${output}/logits`], [output], { axis: 1 });
}

/** See `combinedNovelty` in learning/evaluate. @param inputs the known classes, then the novelty */
export function addKnownNovelty(
  graph: GraphBuilder,
  { presentFrom, output }: Extract<Operation, { kind: 'knownNovelty' }>,
  [known = '', photos]: readonly string[],
): void {
  const part = (name: string) => `${output}/${name}`;
  const scalar = (value: number) => graph.scalar(value);
  const absence = photos === undefined ? output : part('absence');
  graph.add('ReduceMax', [known], [part('strongest')], { axes: [1], keepdims: 1 });
  graph.add('Sub', [scalar(presentFrom), part('strongest')], [part('missing')]);
  graph.add('Exp', [part('missing')], [absence]);
  if (photos === undefined) return;
  graph.add('Pow', [absence, scalar(KNOWN_SHARE)], [part('absence_share')]);
  graph.add('Max', [photos, scalar(0)], [part('photos')]);
  graph.add('Pow', [part('photos'), scalar(1 - KNOWN_SHARE)], [part('photos_share')]);
  graph.add('Mul', [part('photos_share'), part('absence_share')], [part('product')]);
  graph.add('Mul', [part('product'), scalar(STRICTNESS)], [output]);
}
