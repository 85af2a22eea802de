/** What a summary tells of a layer. */
export interface LayerDescription {
  readonly name: string;
  /** Keras's class, such as "Conv2D". */
  readonly className: string;
  /** `null` is the batch, or a side that is not fixed. */
  readonly outputShape: readonly (number | null)[];
  /** Numbers in its weights. */
  readonly parameters: { readonly trainable: number; readonly nonTrainable: number };
  /** Names of the layers that it reads. */
  readonly inputs: readonly string[];
}

/** A line of the table, in Keras's words. */
export interface SummaryRow {
  /** "Conv1 (Conv2D)". */
  readonly layer: string;
  /** "(None, 80, 80, 32)". */
  readonly outputShape: string;
  readonly parameters: number;
  /** "input_1[0][0]" for each layer that it reads. */
  readonly connectedTo: readonly string[];
}

export interface Summary {
  readonly rows: readonly SummaryRow[];
  /** Numbers in the weights of all layers together. */
  readonly total: number;
  readonly trainable: number;
  readonly nonTrainable: number;
}

export const SUMMARY_HEADER = ['Layer (type)', 'Output Shape', 'Param #', 'Connected to'] as const;

/** Counts and words what Keras's `model.summary()` shows. */
export function summary(layers: readonly LayerDescription[]): Summary {
  const sum = (kind: 'trainable' | 'nonTrainable') =>
    layers.reduce((total, { parameters }) => total + parameters[kind], 0);
  const [trainable, nonTrainable] = [sum('trainable'), sum('nonTrainable')];
  return {
    rows: layers.map((layer) => ({
      layer: `${layer.name} (${layer.className})`,
      outputShape: shapeText(layer),
      parameters: layer.parameters.trainable + layer.parameters.nonTrainable,
      connectedTo: layer.inputs.map((name) => `${name}[0][0]`),
    })),
    total: trainable + nonTrainable,
    trainable,
    nonTrainable,
  };
}

/** Where the columns end, in characters: Keras's `positions` of a line of 98, and of a chain's 65. */
const COLUMNS = [29, 58, 68, 98];
const CHAIN_COLUMNS = [29, 55, 65];

/**
 * The summary as text, as Keras prints it in the tutorial's notebook (Keras 2.15, `print_summary`):
 * rows under rules, with the sizes of float32 behind the totals. Counts are grouped by commas, as in
 * the tutorial's prose and in Keras 3.
 *
 * @param name of the model
 * @param options `connections: false` leaves out "Connected to", as Keras does for layers in a chain
 */
export function summaryText(
  { rows, total, trainable, nonTrainable }: Summary,
  name: string,
  { connections = true }: { readonly connections?: boolean } = {},
): string {
  const ends = connections ? COLUMNS : CHAIN_COLUMNS;
  const width = ends.at(-1)!;
  const [thin, thick] = ['_'.repeat(width), '='.repeat(width)];
  return [
    `Model: "${name}"`,
    thin,
    ...wrap(SUMMARY_HEADER, ends),
    thick,
    ...rows.flatMap(({ layer, outputShape, parameters, connectedTo }) => [
      ...wrap([layer, outputShape, grouped(parameters), listText(connectedTo)], ends),
      ' '.repeat(width),
    ]),
    thick,
    `Total params: ${grouped(total)} (${sizeText(total)})`,
    `Trainable params: ${grouped(trainable)} (${sizeText(trainable)})`,
    `Non-trainable params: ${grouped(nonTrainable)} (${sizeText(nonTrainable)})`,
    thin,
  ].join('\n');
}

/** Memory of that many float32 numbers, in Keras's words: "8.61 MB", in units of 1,024. */
export function sizeText(parameters: number): string {
  let size = 4 * parameters;
  for (const unit of ['Byte', 'KB', 'MB']) {
    if (size < 1024) return `${size.toFixed(2)} ${unit}`;
    size /= 1024;
  }
  return `${size.toFixed(2)} GB`;
}

function shapeText({ outputShape, className }: LayerDescription): string {
  const shape = `(${outputShape.map((side) => side ?? 'None').join(', ')})`;
  // Keras shows the input as a list of its tensors.
  return className === 'InputLayer' ? `[${shape}]` : shape;
}

function listText(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** One row over as many lines as its longest field takes; a list breaks behind its commas. */
function wrap(fields: readonly string[], ends: readonly number[]): string[] {
  const columns = ends.map((end, column) => {
    const start = column === 0 ? 0 : ends[column - 1]!;
    // A blank before the first column, two behind all but the last.
    const room = end - start - (column === 0 ? 1 : 0) - (column === ends.length - 1 ? 0 : 2);
    return pieces(fields[column]!, room);
  });
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns.reduce(
      (text, lines, column) => (text + (lines[line] ?? '')).padEnd(ends[column]!),
      ' ',
    ),
  );
}

function pieces(field: string, room: number): string[] {
  const lines: string[] = [];
  for (let left = field; left.length > 0;) {
    const line = left.slice(0, room);
    const comma = line.indexOf("',");
    const cut = comma >= 0 ? comma + 2 : room;
    lines.push(left.slice(0, cut));
    left = left.slice(cut);
  }
  return lines;
}
