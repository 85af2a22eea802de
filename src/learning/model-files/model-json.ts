import type { io } from '@tensorflow/tfjs-core';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { jsonShape } from '../../platform/json-shape.ts';
import { Problem } from '../../platform/problem.ts';
import { LIMITS } from './limits.ts';

type WeightsGroup = io.WeightsManifestConfig[number];

/** The content of a valid model.json. */
export interface ModelJson {
  readonly format: 'layers-model' | 'graph-model';
  readonly topology: unknown;
  /** `weightsManifest`: the weights files and the weights in them. */
  readonly groups: readonly WeightsGroup[];
}

/** Bytes of a number, by the dtype in which it is stored. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/**
 * Parses a model.json from an untrusted source, and checks everything that can be checked without
 * the weights: that it is a TensorFlow.js model with valid paths and valid shapes, within `LIMITS`.
 *
 * @param what name of the model for messages
 * @throws Problem `base` when a check fails
 */
export function parseModelJson(bytes: Uint8Array, what: string): ModelJson {
  const refuse = (why: string, cause?: unknown) =>
    new Problem('base', why, cause === undefined ? {} : { cause });
  if (bytes.length > LIMITS.modelJson) {
    throw refuse(msg(str`The model.json of ${what} is larger than any model’s should be.`));
  }
  const text = new TextDecoder().decode(bytes);
  if (jsonShape(bytes).depth > LIMITS.depth) {
    throw refuse(msg(str`The model.json of ${what} is nested deeper than any model’s should be.`));
  }
  if (text.includes('"__proto__"')) {
    throw refuse(msg(str`The model.json of ${what} holds a name that no model has.`));
  }
  let model: Partial<io.ModelJSON> | null;
  try {
    model = JSON.parse(text) as Partial<io.ModelJSON> | null;
  } catch (thrown) {
    throw refuse(msg(str`The model.json of ${what} is no JSON.`), thrown);
  }
  const groups: unknown = model?.weightsManifest;
  const topology: unknown = model?.modelTopology;
  if (!model || typeof topology !== 'object' || !topology || !Array.isArray(groups)) {
    throw refuse(
      msg(
        str`The model.json of ${what} has no modelTopology and weightsManifest: it is no TensorFlow.js model.`,
      ),
    );
  }
  for (const group of groups as WeightsGroup[]) {
    if (!Array.isArray(group?.paths) || !Array.isArray(group.weights)) {
      throw refuse(
        msg(str`The model.json of ${what} has a weightsManifest without paths and weights.`),
      );
    }
    for (const path of group.paths as unknown[]) {
      if (typeof path !== 'string' || !/^\w[\w.-]*(\/\w[\w.-]*)*$/.test(path)) {
        const name = shown(path);
        throw refuse(
          msg(
            str`The model.json of ${what} names a weights file in a way that cannot be read: “${name}”.`,
          ),
        );
      }
    }
    const invalid = group.weights.findIndex((weight) => !isWeight(weight));
    if (invalid >= 0) {
      const name = shown(group.weights[invalid]?.name);
      throw refuse(msg(str`The model.json of ${what} describes the weight “${name}” wrongly.`));
    }
  }
  const json: ModelJson = {
    format: formatOf(model as io.ModelJSON),
    topology,
    groups: groups as WeightsGroup[],
  };
  const parameters = parametersIn(json);
  // The negated comparison also refuses NaN and Infinity, the product of huge sides.
  if (!(parameters <= LIMITS.parameters)) {
    const [many, most] = [millions(parameters), millions(LIMITS.parameters)];
    throw refuse(
      msg(
        str`The model.json of ${what} has ${many} million parameters; the app takes up to ${most}.`,
        { desc: 'a model, and two numbers of millions' },
      ),
    );
  }
  const paths = json.groups.flatMap((group) => group.paths);
  if (paths.length > LIMITS.files) {
    const count = paths.length;
    throw refuse(msg(str`The model.json of ${what} names ${count} files of weights.`));
  }
  if (new Set(paths).size < paths.length) {
    throw refuse(msg(str`The model.json of ${what} names a file of weights twice.`));
  }
  return json;
}

/** The number of float32 values in all weights together. */
export function parametersIn({ groups }: ModelJson): number {
  return groups
    .flatMap((group) => group.weights)
    .filter(({ dtype }) => dtype === 'float32')
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/**
 * Checks that the files of a group have exactly the length that the group states.
 *
 * @param shards the files in the order of `group.paths`
 * @throws Problem `base` when the lengths differ
 */
export function expectLength(group: WeightsGroup, shards: readonly Uint8Array[]): void {
  const expected = group.weights.reduce((sum, { shape, dtype, quantization }) => {
    // Strings have no fixed length, so they make the sum NaN, and the check is skipped.
    return sum + (BYTES[quantization?.dtype ?? dtype] ?? NaN) * sizeOf(shape);
  }, 0);
  const actual = shards.reduce((sum, { length }) => sum + length, 0);
  if (!Number.isNaN(expected) && actual !== expected) {
    const paths = group.paths.join(', ');
    throw new Problem(
      'base',
      msg(str`${paths}: ${actual} bytes of weights, model.json states ${expected}.`),
    );
  }
}

/** The bytes that the weights files have according to model.json. */
export function bytesStated({ groups }: ModelJson): number {
  return groups
    .flatMap((group) => group.weights)
    .reduce(
      (sum, { shape, dtype, quantization }) =>
        sum + (BYTES[quantization?.dtype ?? dtype] ?? 0) * sizeOf(shape),
      0,
    );
}

function isWeight(weight: Partial<io.WeightsManifestEntry> | null): boolean {
  const { name, shape, dtype, quantization } = weight ?? {};
  const isLength = (side: unknown) => Number.isSafeInteger(side) && (side as number) >= 0;
  const quantized = quantization as Partial<Record<string, unknown>> | undefined;
  const isInteger = quantized?.['dtype'] === 'uint8' || quantized?.['dtype'] === 'uint16';
  return (
    typeof name === 'string' &&
    Array.isArray(shape) &&
    shape.every(isLength) &&
    typeof dtype === 'string' &&
    (!quantized || typeof quantized['dtype'] === 'string') &&
    (!isInteger || (Number.isFinite(quantized['min']) && Number.isFinite(quantized['scale'])))
  );
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function formatOf({ format, modelTopology }: io.ModelJSON): ModelJson['format'] {
  if (format === 'layers-model' || format === 'graph-model') return format;
  return 'node' in modelTopology ? 'graph-model' : 'layers-model';
}

/** Text from an untrusted file, shortened for a message. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 80) : typeof value;
}

function millions(count: number): string {
  return new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 }).format(count / 1e6);
}
