import * as v from 'valibot';
import { MAX_DATE_MS } from '../../../platform/max-date.ts';
import { parseName } from '../../../platform/name.ts';
import type { PhoneModelFacts, Precision } from '../../../records/phone-model.ts';
import { LIMITS, PRECISIONS } from './phone-model.ts';

/** The header of a model file. */
export interface Header extends PhoneModelFacts {
  readonly format: typeof FORMAT;
  readonly version: (typeof VERSIONS)[number];
  readonly precision: Precision;
  readonly featureLength: number;
}

export const FORMAT = 'purrceptron-model';
/**
 * Version 2 says what the head reads besides the last map. A model that reads nothing else is written
 * as version 1, which older apps read too.
 */
export const VERSIONS = [1, 2] as const;

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(count, v.minValue(1));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const name = v.pipe(
  v.string(),
  v.check((text) => isName(text)),
);
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const base = v.pipe(
  v.strictObject({
    id: word,
    name: word,
    inputSize: v.pipe(positive, v.maxValue(4096)),
    featureSpaceId: v.pipe(v.string(), v.maxLength(4000)),
    bytes: v.exactOptional(positive),
  }),
  v.check(({ id, inputSize, featureSpaceId }) => featureSpaceId.startsWith(`${id}@${inputSize}:`)),
);

const prior = v.pipe(
  v.strictObject({
    strength: finite,
    anchors: v.pipe(positive, v.maxValue(100)),
    pooling: v.picklist(['log-sum-exp', 'mean']),
    classes: v.array(
      v.nullable(v.strictObject({ id: word, index: v.pipe(count, v.maxValue(99_999)) })),
    ),
    presentFrom: v.exactOptional(finite),
    sha256: hash,
  }),
  v.check(({ classes }) => classes.some((each) => each !== null)),
);

const further = v.strictObject({
  layer: word,
  length: positive,
  scale: v.pipe(finite, v.gtValue(0)),
});

/** Checks the header of a model file; what it does not know is refused. */
export const headerSchema: v.GenericSchema<unknown, Header> = v.pipe(
  v.strictObject({
    format: v.literal(FORMAT),
    version: v.picklist(VERSIONS),
    precision: v.picklist(PRECISIONS),
    featureLength: v.pipe(positive, v.maxValue(LIMITS.featureLength)),
    name,
    createdAt: v.pipe(finite, v.minValue(0), v.maxValue(MAX_DATE_MS)),
    base,
    classes: v.pipe(
      v.array(v.strictObject({ name, palette: v.pipe(count, v.maxValue(7)) })),
      v.minLength(2),
      v.maxLength(LIMITS.classes),
    ),
    temperature: v.pipe(finite, v.gtValue(0)),
    askedVariants: v.pipe(
      v.array(v.picklist(['plain', 'flip'])),
      v.minLength(1),
      v.check((variants) => new Set(variants).size === variants.length),
    ),
    photos: v.exactOptional(positive),
    test: v.exactOptional(
      v.pipe(
        v.strictObject({ count: positive, correct: count }),
        v.check(({ count, correct }) => correct <= count),
      ),
    ),
    prior: v.exactOptional(prior),
    further: v.exactOptional(further),
  }),
  v.check(({ version, further }) => (version === 1) === (further === undefined)),
  v.check(({ featureLength, further }) => featureLength > (further?.length ?? 0)),
  v.check(({ classes, prior }) => !prior || prior.classes.length === classes.length),
);

function isName(text: string): boolean {
  try {
    return parseName(text, '') === text;
  } catch {
    return false;
  }
}
