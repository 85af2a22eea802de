import data from '@mdn/browser-compat-data' with { type: 'json' };
import { LEAST_VERSIONS } from '../build/least-versions.mjs';

/** @typedef {import('@mdn/browser-compat-data').Identifier} Feature */

/** MDN's data on what browsers support: https://github.com/mdn/browser-compat-data. */
export const compatData = /** @type {import('@mdn/browser-compat-data').CompatData} */ (data);

/**
 * The browsers that lack a feature in the least version, each with the version that has it, such as
 * `safari_ios 17.5`; empty if all have it, or nothing is known of it.
 *
 * @param {Feature | undefined} feature
 * @param {Readonly<Record<string, string>>} [least] the least versions
 * @returns {string[]}
 */
export function lackedBy(feature, least = LEAST_VERSIONS) {
  const support = feature?.__compat?.support;
  if (!support) return [];
  return Object.entries(least)
    .filter(([browser]) => support[browser] !== undefined)
    .map(([browser, version]) => [browser, version, whole(support[browser])])
    .filter(([, version, statements]) => !statements.some((one) => holds(one, version)))
    .map(
      ([browser, , statements]) => `${browser} ${statements.at(-1)?.version_added || '(never)'}`,
    );
}

/** What MDN says of a feature by its own name and without a flag, the newest version first. */
function whole(statements) {
  return [statements].flat().filter((one) => !one.flags && !one.prefix && !one.alternative_name);
}

/** Whether the version has the feature, if only in part. */
function holds({ version_added: added, version_removed: removed }, version) {
  return isFrom(version, added) && !(removed && isFrom(version, removed));
}

/** Whether `version` is `added` or newer. `≤37` means 37 or older. */
function isFrom(version, added) {
  if (typeof added !== 'string' || added === 'preview') return added === true;
  const [have, need] = [version, added.replace('≤', '')].map((text) => text.split('.').map(Number));
  for (let i = 0; i < Math.max(have.length, need.length); i++) {
    const difference = (have[i] ?? 0) - (need[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
