import { outputsFor } from '../../../records/class.ts';
import { joinBytes } from '../../../platform/join-bytes.ts';
import type { Precision } from '../../../records/phone-model.ts';
import { FORMAT, type Header } from './facts-schema.ts';
import { headToBytes } from './head-bytes.ts';
import type { PhoneModel } from './phone-model.ts';

/** Begins a model file. As in PNG, its bytes tell a transfer that changes them. */
export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x55, 0x52, 0x52, 0x0d, 0x0a, 0x1a);

/**
 * Writes a model file: the signature (8 bytes), the length of the header (uint32, little-endian), the
 * header (JSON, UTF-8), the head (see `headToBytes`), and the SHA-256 of all before it (32 bytes).
 *
 * @throws RangeError if the kernel does not fit the classes, or a weight the precision
 */
export async function writePhoneModel(
  model: PhoneModel,
  precision: Precision,
): Promise<Uint8Array<ArrayBuffer>> {
  const { head, ...facts } = model;
  const outputs = outputsFor(facts.classes.length);
  const featureLength = head.kernel.length / outputs;
  if (head.bias.length !== outputs || !Number.isInteger(featureLength)) {
    throw new RangeError(`${head.kernel.length} weights for ${facts.classes.length} classes`);
  }
  const version = facts.further ? 2 : 1;
  const header: Header = { format: FORMAT, version, precision, featureLength, ...facts };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const content = joinBytes([SIGNATURE, length, text, headToBytes(head, precision)]);
  return joinBytes([content, new Uint8Array(await crypto.subtle.digest('SHA-256', content))]);
}
