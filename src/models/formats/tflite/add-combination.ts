import type { LiteGraph } from './tflite-graph.ts';

type Combination = 'add' | 'multiply' | 'maximum' | 'minimum' | 'average';

/** Combines two tensors or more, number by number. */
export function addCombination(
  graph: LiteGraph,
  kind: Combination,
  inputs: readonly string[],
  output: string,
  shape: readonly number[],
): void {
  const operator = {
    add: 'ADD',
    average: 'ADD',
    multiply: 'MUL',
    maximum: 'MAXIMUM',
    minimum: 'MINIMUM',
  } as const;
  const options = {
    add: 'add',
    average: 'add',
    multiply: 'multiply',
    maximum: undefined,
    minimum: undefined,
  } as const;
  const name = options[kind];
  const sum = kind === 'average' ? `${output}/sum` : output;
  let left = inputs[0]!;
  inputs.slice(1).forEach((right, i) => {
    const to = i === inputs.length - 2 ? sum : `${output}/${i}`;
    left = graph.add(operator[kind], [left, right], [to, shape], name && { name, values: [0] });
  });
  if (kind !== 'average') return;
  const weight = graph.floats(`${output}/weight`, [1], Float32Array.of(1 / inputs.length));
  graph.add('MUL', [left, weight], [output, shape], { name: 'multiply', values: [0] });
}
