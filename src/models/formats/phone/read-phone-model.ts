import * as v from 'valibot';
import { outputsFor } from '../../../records/class.ts';
import { msg } from '../../../i18n/msg.ts';
import { jsonShape } from '../../../platform/json-shape.ts';
import { Problem } from '../../../platform/problem.ts';
import type { PhoneModelFacts } from '../../../records/phone-model.ts';
import { FORMAT, headerSchema, VERSIONS, type Header } from './facts-schema.ts';
import { headFromBytes } from './head-bytes.ts';
import { damaged } from './damaged-model.ts';
import { LIMITS, type PhoneModel } from './phone-model.ts';
import { SIGNATURE } from './write-phone-model.ts';

const HASH_BYTES = 32;
const TEXT_AT = SIGNATURE.length + 4;
/** A header has far fewer values, and is flat. */
const MOST_VALUES = 500;
const DEEPEST = 8;

/** Whether bytes begin like a model file. */
export function isPhoneModel(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads a model file as `writePhoneModel` writes it. The file is somebody's: sizes and the hash are
 * checked before the header is parsed, and the header before any weight is read.
 *
 * @throws Problem `model-file`: it is none, is damaged, or is of a newer version of the app
 */
export async function readPhoneModel(bytes: Uint8Array<ArrayBuffer>): Promise<PhoneModel> {
  if (bytes.length > LIMITS.fileBytes || !isPhoneModel(bytes)) throw notAModel();
  const hashAt = bytes.length - HASH_BYTES;
  if (hashAt < TEXT_AT) throw damaged();
  const textBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(SIGNATURE.length, true);
  const headAt = TEXT_AT + textBytes;
  if (textBytes > LIMITS.headerBytes || headAt > hashAt) throw damaged();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes.subarray(0, hashAt)));
  if (!digest.every((byte, i) => bytes[hashAt + i] === byte)) throw damaged();
  const header = readHeader(bytes.subarray(TEXT_AT, headAt));
  const { precision, featureLength, classes } = header;
  try {
    const outputs = outputsFor(classes.length);
    const head = headFromBytes(bytes.subarray(headAt, hashAt), precision, featureLength, outputs);
    return { ...factsOf(header), head };
  } catch (thrown) {
    throw damaged(thrown);
  }
}

/** What the header says of the model, without what it says of the file. */
function factsOf({
  format: _format,
  version: _version,
  precision: _precision,
  featureLength: _featureLength,
  ...facts
}: Header): PhoneModelFacts {
  return facts;
}

function readHeader(text: Uint8Array): Header {
  const { depth, values } = jsonShape(text);
  if (depth > DEEPEST || values > MOST_VALUES) throw damaged();
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (thrown) {
    throw damaged(thrown);
  }
  if (isNewer(header)) {
    throw new Problem(
      'model-file',
      msg('This model comes from a newer version of the app. Update the app here, then add it.'),
    );
  }
  const checked = v.safeParse(headerSchema, header);
  if (!checked.success) throw damaged(v.summarize(checked.issues));
  return checked.output;
}

function isNewer(header: unknown): boolean {
  const { format, version } = (header ?? {}) as Partial<Record<string, unknown>>;
  return format === FORMAT && typeof version === 'number' && version > Math.max(...VERSIONS);
}

function notAModel(): Problem {
  return new Problem('model-file', msg('This is no model from another phone.'));
}
