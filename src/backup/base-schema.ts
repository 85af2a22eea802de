import * as v from 'valibot';
import { BASE_BYTES, type BaseBackup } from '../records/base-spec.ts';
import { count, finite, hash, side, word } from './schema-parts.ts';

const MAX_BASE_BYTES = BASE_BYTES.modelJson + BASE_BYTES.weights;

/** Checks the record of a base model; `BaseService.restore` compares it with the model itself. */
export const baseBackup: v.GenericSchema<unknown, BaseBackup> = v.object({
  id: v.pipe(v.string(), v.regex(/^own-[0-9a-f]{16}$/)),
  name: word,
  inputSizes: v.pipe(v.array(side), v.minLength(1), v.maxLength(8)),
  inputRange: v.tuple([finite, finite]),
  preprocessing: v.exactOptional(v.picklist(['tf', 'torch', 'caffe'])),
  files: v.pipe(
    v.array(
      v.object({
        path: v.pipe(v.string(), v.maxLength(900), v.regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/)),
        bytes: count,
        sha256: hash,
      }),
    ),
    v.minLength(1),
    v.maxLength(300),
    // All files of a base are in memory at the same time.
    v.check((files) => files.reduce((sum, { bytes }) => sum + bytes, 0) <= MAX_BASE_BYTES),
  ),
  provenance: v.object({ source: v.pipe(v.string(), v.maxLength(10_000)), trainedOn: word }),
  licence: v.object({ name: word, holder: word }),
  golden: v.pipe(
    v.array(
      v.object({
        size: side,
        tolerance: finite,
        first: v.pipe(v.array(finite), v.maxLength(64)),
        l2: finite,
        mean: finite,
        argmax: count,
      }),
    ),
    v.maxLength(8),
  ),
});
