/**
 * The parts of TensorFlow Lite's schema.fbs, version 3, and of its metadata_schema.fbs that are
 * written, with their field ids (the index of a field in its table).
 * https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs
 */
export const MODEL = {
  ...{ version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4, metadata: 6 },
} as const;
export const OPERATOR_CODE = { oldCode: 0, version: 2, code: 3 } as const;
export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4 } as const;
export const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 } as const;
export const OPERATOR = { code: 0, inputs: 1, outputs: 2, optionsType: 3, options: 4 } as const;
export const BUFFER = { data: 0 } as const;
export const METADATA = { name: 0, buffer: 1 } as const;
export const METADATA_NAME = 'TFLITE_METADATA';

export const TYPE = { float32: 0, float16: 1, int32: 2 } as const;
export const PADDING = { same: 0, valid: 1 } as const;
export const CLAMP = { linear: 0, relu: 1, relu6: 3 } as const;

/** `BuiltinOperator`, and the version that knows what is written. */
export const OPERATORS = {
  ADD: [0, 1],
  AVERAGE_POOL_2D: [1, 1],
  CONCATENATION: [2, 1],
  CONV_2D: [3, 1],
  DEPTHWISE_CONV_2D: [4, 2],
  DEQUANTIZE: [6, 3],
  FULLY_CONNECTED: [9, 1],
  LOGISTIC: [14, 1],
  MAX_POOL_2D: [17, 1],
  MUL: [18, 1],
  RELU: [19, 1],
  RELU6: [21, 1],
  RESHAPE: [22, 1],
  SOFTMAX: [25, 1],
  TANH: [28, 1],
  PAD: [34, 1],
  TRANSPOSE: [39, 1],
  MEAN: [40, 1],
  SUB: [41, 1],
  EXP: [47, 1],
  PRELU: [54, 1],
  MAXIMUM: [55, 1],
  MINIMUM: [57, 1],
  SLICE: [65, 1],
  LOG: [73, 1],
  SUM: [74, 1],
  REDUCE_MAX: [82, 1],
  RESIZE_NEAREST_NEIGHBOR: [97, 1],
  LEAKY_RELU: [98, 1],
  REVERSE_V2: [105, 1],
  HARD_SWISH: [117, 1],
} as const satisfies Record<string, readonly [code: number, version: number]>;

export type OperatorName = keyof typeof OPERATORS;

/** `BuiltinOptions`: the number of each table of options, and the kinds of its fields. */
export const OPTIONS = {
  convolution: { type: 1, fields: ['byte', 'int', 'int', 'byte', 'int', 'int'] },
  depthwise: { type: 2, fields: ['byte', 'int', 'int', 'int', 'byte', 'int', 'int'] },
  pool: { type: 5, fields: ['byte', 'int', 'int', 'int', 'int', 'byte'] },
  dense: { type: 8, fields: ['byte'] },
  softmax: { type: 9, fields: ['float'] },
  concatenate: { type: 10, fields: ['int', 'byte'] },
  add: { type: 11, fields: ['byte'] },
  multiply: { type: 21, fields: ['byte'] },
  reduce: { type: 27, fields: ['byte'] },
  subtract: { type: 28, fields: ['byte'] },
  leakyRelu: { type: 75, fields: ['float'] },
} as const satisfies Record<
  string,
  { readonly type: number; readonly fields: readonly ('byte' | 'int' | 'float')[] }
>;

export type OptionsName = keyof typeof OPTIONS;

/** metadata_schema.fbs, identifier `M001`. */
export const MODEL_METADATA = {
  ...{ name: 0, description: 1, subgraphs: 3, licence: 5, minParserVersion: 7 },
} as const;
export const SUBGRAPH_METADATA = { inputs: 2, outputs: 3 } as const;
export const TENSOR_METADATA = {
  ...{ name: 0, description: 1, content: 3, processUnits: 4, stats: 5, files: 6 },
} as const;
export const CONTENT = { type: 0, properties: 1 } as const;
/** `ContentProperties`: FeatureProperties, ImageProperties. */
export const CONTENT_TYPE = { feature: 1, image: 2 } as const;
export const IMAGE = { colorSpace: 0 } as const;
export const RGB = 1;
export const PROCESS_UNIT = { type: 0, options: 1 } as const;
export const NORMALIZATION_TYPE = 1;
export const NORMALIZATION = { mean: 0, std: 1 } as const;
export const STATS = { max: 0, min: 1 } as const;
export const ASSOCIATED_FILE = { name: 0, description: 1, type: 2 } as const;
export const TENSOR_AXIS_LABELS = 2;
export const LABELS_FILE = 'labels.txt';
