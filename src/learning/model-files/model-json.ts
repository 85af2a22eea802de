import type { io } from '@tensorflow/tfjs-core';
import { intlTag } from '../../i18n/language.ts';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import { parseModelText } from './json-text.ts';
import { LIMITS } from './limits.ts';

type WeightsGroup = io.WeightsManifestConfig[number];

/** The content of a valid model.json. */
export interface ModelJson {
  readonly format: 'layers-model' | 'graph-model';
  readonly topology: unknown;
  /** `weightsManifest`: the weights files and the weights in them. */
  readonly groups: readonly WeightsGroup[];
  /** `userDefinedMetadata`: whatever the model's author added. */
  readonly metadata?: unknown;
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
  const refuse = (why: string) => new Problem('base', why);
  const model = parseModelText(bytes, 'model.json', what) as Partial<io.ModelJSON> | null;
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
      if (shardPath(path) === undefined) {
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
    metadata: model.userDefinedMetadata,
  };
  const parameters = parametersIn(json);
  // The negated comparison also refuses NaN and Infinity, the product of huge sides.
  if (!(parameters <= LIMITS.parameters)) throw tooManyParameters(what, parameters);
  const paths = json.groups.flatMap((group) => group.paths.map(shardPath));
  if (paths.length > LIMITS.files) {
    const count = paths.length;
    throw refuse(msg(str`The model.json of ${what} names ${count} files of weights.`));
  }
  if (new Set(paths).size < paths.length) {
    throw refuse(msg(str`The model.json of ${what} names a file of weights twice.`));
  }
  return json;
}

/** The error for a model with more parameters than the app takes. */
export function tooManyParameters(what: string, parameters: number): Problem {
  const [many, most] = [millions(parameters), millions(LIMITS.parameters)];
  return new Problem(
    'base',
    msg(str`${what} has ${many} million parameters; the app takes up to ${most}.`, {
      desc: 'a model, and two numbers of millions',
    }),
  );
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
  // A string makes the sum NaN, and the check is skipped.
  const expected = group.weights.reduce((sum, weight) => sum + weightBytes(weight), 0);
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
    .reduce((sum, weight) => sum + (weightBytes(weight) || 0), 0);
}

/** The bytes of one weight in its file; NaN for strings, which have no fixed length. */
export function weightBytes({ shape, dtype, quantization }: io.WeightsManifestEntry): number {
  return (BYTES[quantization?.dtype ?? dtype] ?? NaN) * sizeOf(shape);
}

/** A path of a weights file that is stored as it is. */
const PLAIN_PATH = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

/**
 * The path of a weights file within the model's folder, without the `./` that browsers write when they
 * save a model. A path may have spaces and brackets, but may not leave the folder.
 *
 * @returns undefined for what is no such path
 */
export function shardPath(path: unknown): string | undefined {
  if (typeof path !== 'string' || path.length > 500) return undefined;
  const inside = path.replace(/^(\.\/+)+/, '');
  const isName = (part: string) => part !== '' && part !== '.' && part !== '..';
  return !/[\p{Cc}\p{Cf}\\]/u.test(inside) && inside.split('/').every(isName) ? inside : undefined;
}

/**
 * Gives each weights file a plain path, under which it can be stored and addressed: its own, if that
 * is one, else `weights-1.bin`.
 *
 * @returns plain paths by the paths in model.json
 */
export function plainPaths({ groups }: ModelJson): Map<string, string> {
  const taken = new Set<string>();
  const plain = (path: string): string => {
    let name = shardPath(path)!;
    for (let i = 1; !PLAIN_PATH.test(name) || taken.has(name); i++) name = `weights-${i}.bin`;
    taken.add(name);
    return name;
  };
  return new Map(groups.flatMap(({ paths }) => paths.map((path) => [path, plain(path)] as const)));
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
