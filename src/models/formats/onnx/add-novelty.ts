import type { Operation } from '../operations/operation.ts';
import type { GraphBuilder } from './graph-builder.ts';

/**
 * The cosine distance to the nearest references, which features of zeros have too, and what the known
 * classes say.
 *
 * @param inputs names of the features and, with `knownClasses`, of the known logits
 */
export function addNovelty(
  graph: GraphBuilder,
  {
    references,
    neighbours,
    threshold,
    knownClasses,
    output,
  }: Extract<Operation, { kind: 'novelty' }>,
  [x, known]: readonly string[],
): void {
  const length = graph.shapeOf(x!)[0]!;
  const count = references.length / length;
  const columns = references.map(
    (_, i) => references[(i % count) * length + Math.floor(i / count)]!,
  );
  const part = (name: string) => `${output}/${name}`;
  const scalar = (name: string, value: number) =>
    graph.floats(part(name), [], Float32Array.of(value));
  graph.add('ReduceL2', [x!], [part('norm')], { axes: [1], keepdims: 1 });
  graph.add('Max', [part('norm'), scalar('smallest', 1e-12)], [part('divisor')]);
  graph.add('Div', [x!, part('divisor')], [part('unit')]);
  graph.add(
    'MatMul',
    [part('unit'), graph.floats(part('references'), [length, count], columns)],
    [part('cosines')],
  );
  graph.add(
    'TopK',
    [part('cosines'), graph.integers(part('neighbours'), [neighbours])],
    [part('nearest'), part('indices')],
    { axis: 1 },
  );
  graph.add('ReduceMean', [part('nearest')], [part('mean')], { axes: [1], keepdims: 1 });
  graph.add('Sub', [scalar('one', 1), part('mean')], [part('distance')]);
  const photos = knownClasses ? part('photos') : output;
  graph.add('Div', [part('distance'), scalar('threshold', threshold)], [photos]);
  if (!knownClasses) return;
  // strictness max(photos, 0)^(1 - weight) exp(weight (presentFrom - largest known logit))
  const { presentFrom, weight, strictness } = knownClasses;
  graph.add('ReduceMax', [known!], [part('largest')], { axes: [1], keepdims: 1 });
  graph.add('Sub', [scalar('present_from', presentFrom), part('largest')], [part('missing')]);
  graph.add('Mul', [part('missing'), scalar('weight', weight)], [part('exponent')]);
  graph.add('Exp', [part('exponent')], [part('unknown')]);
  graph.add('Relu', [photos], [part('positive')]);
  graph.add('Pow', [part('positive'), scalar('rest', 1 - weight)], [part('from_photos')]);
  graph.add('Mul', [part('from_photos'), part('unknown')], [part('mean_of_scores')]);
  graph.add('Mul', [part('mean_of_scores'), scalar('strictness', strictness)], [output]);
}
