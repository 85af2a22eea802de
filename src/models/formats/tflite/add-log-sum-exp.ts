import type { LiteGraph } from './tflite-graph.ts';

/** `largest + log(sum(exp(x - largest)))` over the places and the anchors of each group. */
export function addLogSumExp(
  graph: LiteGraph,
  x: string,
  [output, shape]: readonly [string, readonly number[]],
  anchors: number,
): void {
  const [batch = 1, groups = 1] = shape;
  const places = graph
    .shapeOf(x)
    .slice(1, -1)
    .reduce((a, b) => a * b, 1);
  const [grouped, single] = [
    [batch, places, groups, anchors],
    [batch, 1, groups, 1],
  ];
  const part = (name: string) => `${output}/${name}`;
  const reduce = { name: 'reduce', values: [1] } as const;
  const axes = graph.integers(part('axes'), [2], [1, 3]);
  const sides = graph.integers(part('grouped_shape'), [4], grouped);
  graph.add('RESHAPE', [x, sides], [part('grouped'), grouped]);
  graph.add('REDUCE_MAX', [part('grouped'), axes], [part('largest'), single], reduce);
  graph.add('SUB', [part('grouped'), part('largest')], [part('below'), grouped], {
    name: 'subtract',
    values: [0],
  });
  graph.add('EXP', [part('below')], [part('powers'), grouped]);
  graph.add('SUM', [part('powers'), axes], [part('sum'), single], reduce);
  graph.add('LOG', [part('sum')], [part('log'), single]);
  graph.add('ADD', [part('log'), part('largest')], [part('logits'), single], {
    name: 'add',
    values: [0],
  });
  graph.add(
    'RESHAPE',
    [part('logits'), graph.integers(part('shape'), [2], shape)],
    [output, shape],
  );
}
