import { ByteBuffer } from 'flatbuffers';
import { Problem } from '../../../src/platform/problem.ts';
import { FlatBufferError, FlatTable } from '../../../src/platform/flat-table.ts';

/**
 * The parts of a TFLite file that are read, from TensorFlow's `schema.fbs`, with its field ids (the
 * index of a field in its table):
 *
 * ```
 * enum TensorType : byte { FLOAT32 = 0, FLOAT16 = 1, ... }
 * table Tensor   { shape:[int] (id: 0); type:TensorType (id: 1); buffer:uint (id: 2);
 *                  name:string (id: 3); ... }
 * table SubGraph { tensors:[Tensor] (id: 0); ... }
 * table Buffer   { data:[ubyte] (id: 0); ... }
 * table Model    { version:uint (id: 0); operator_codes:[OperatorCode] (id: 1);
 *                  subgraphs:[SubGraph] (id: 2); description:string (id: 3);
 *                  buffers:[Buffer] (id: 4); ... }
 * file_identifier "TFL3";
 * root_type Model;
 * ```
 */
const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3 } as const;
const SUBGRAPH = { tensors: 0 } as const;
const BUFFER = { data: 0 } as const;
const MODEL = { version: 0, subgraphs: 2, buffers: 4 } as const;
const FLOAT16 = 1;

/** A constant tensor. */
export interface Float16Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The bits of each value. */
  readonly data: Uint16Array;
}

/**
 * Reads the float16 constants of a TFLite file: weights that the graph converts to float32 with
 * DEQUANTIZE before it uses them.
 *
 * @throws Problem `base` if it is no TFLite file, truncated or damaged
 */
export function readFloat16Tensors(file: Uint8Array): Float16Tensor[] {
  try {
    return float16Tensors(file);
  } catch (thrown) {
    if (!(thrown instanceof FlatBufferError)) throw thrown;
    throw new Problem('base', `The TFLite file is damaged or cut off: ${thrown.message}.`, {
      cause: thrown,
    });
  }
}

function float16Tensors(file: Uint8Array): Float16Tensor[] {
  const buffer = new ByteBuffer(file);
  if (file.length < 8 || !buffer.__has_identifier('TFL3')) {
    throw new FlatBufferError('it does not begin as TFLite files do');
  }
  const model = FlatTable.root(buffer);
  const version = model.uint32(MODEL.version);
  const subgraphs = model.tables(MODEL.subgraphs);
  const [subgraph] = subgraphs;
  if (version !== 3 || !subgraph || subgraphs.length > 1) {
    throw new FlatBufferError(
      `version 3 with one graph is known, this is version ${version} with ${subgraphs.length}`,
    );
  }
  const buffers = model.tables(MODEL.buffers);
  const constants: Float16Tensor[] = [];
  for (const tensor of subgraph.tables(SUBGRAPH.tensors)) {
    const data = buffers[tensor.uint32(TENSOR.buffer)]?.bytes(BUFFER.data);
    if (tensor.uint8(TENSOR.type) !== FLOAT16 || !data || data.length === 0) continue;
    const name = tensor.string(TENSOR.name);
    const shape = tensor.int32s(TENSOR.shape);
    const values = shape.reduce((a, b) => a * b, 1);
    if (data.length !== 2 * values) {
      throw new FlatBufferError(
        `“${name}” of shape [${shape.join(', ')}] has ${data.length} bytes, not ${2 * values}`,
      );
    }
    // A copy, because a Uint16Array needs an even offset.
    constants.push({ name, shape, data: new Uint16Array(new Uint8Array(data).buffer) });
  }
  return constants;
}
