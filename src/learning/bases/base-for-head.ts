import { megabytes } from '../../i18n/megabytes.ts';
import { msg, str } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { FurtherFeatures } from '../../records/further-features.ts';
import type { BaseForHead, PhoneModelFacts } from '../../records/phone-model.ts';
import { baseSpaceId } from '../features/feature-extractor.ts';
import { knownWeights } from '../features/known-weights.ts';
import { matchedClasses } from '../features/prior-logits.ts';
import { loadKnownFile } from './base-files.ts';
import { listBases } from './registry.ts';

/**
 * The base of a head that came from another phone, by the hashes of its files, and the weights of its
 * prior.
 *
 * @param basesUrl address of the folder of bases, ending in a slash
 * @throws Problem `base-missing` in words that say which base to fetch, when it is not here
 */
export async function baseForHead(
  { base, prior, further }: Pick<PhoneModelFacts, 'base' | 'prior' | 'further'>,
  basesUrl: string,
): Promise<BaseForHead> {
  const bases = await listBases(basesUrl);
  const located = bases.find(
    ({ spec }) => baseSpaceId(spec, base.inputSize) === base.featureSpaceId,
  );
  if (!located) {
    throw new Problem(
      'base-missing',
      missing(
        base,
        bases.some(({ spec }) => spec.id === base.id),
      ),
    );
  }
  const { spec } = located;
  const other = new Problem(
    'base-missing',
    msg(
      str`What the base “${base.name}” knows is another thing on this phone. Update the app on both phones and send the model again.`,
    ),
  );
  if (further && !isSame(further, spec.further)) throw other;
  if (!prior) return { spec };
  const { knows } = spec;
  const fits =
    knows?.file.sha256 === prior.sha256 &&
    knows.anchors === prior.anchors &&
    knows.pooling === prior.pooling;
  if (!fits) throw other;
  const file = await loadKnownFile(located, knows.file);
  try {
    return { spec, known: knownWeights(knows, spec.featureLength, file, matchedClasses(prior)) };
  } catch {
    throw other;
  }
}

function isSame(a: FurtherFeatures, b: FurtherFeatures | undefined): boolean {
  return a.layer === b?.layer && a.length === b.length && a.scale === b.scale;
}

function missing({ id, name, bytes }: PhoneModelFacts['base'], isThere: boolean): string {
  if (isThere) {
    return msg(
      str`This model needs another version of the base “${name}”. Update the app on both phones and send the model again.`,
    );
  }
  const wanted =
    bytes === undefined
      ? msg(str`This model needs the base “${name}”.`)
      : msg(str`This model needs the base “${name}” (${megabytes(bytes)}).`);
  const way = id.startsWith('own-')
    ? msg(
        'It is not on this phone. Add that base here first, from its files; or let the other phone send its whole library.',
      )
    : msg(
        'This app does not have it. Open the app at the address that the other phone uses; or let the other phone send its whole library.',
      );
  return `${wanted} ${way}`;
}
