/**
 * `npm run test:long` runs the long form: many rounds, long waits and large libraries. `npm test` runs
 * the short form of the same tests, and names the tests that have none.
 */
export const LONG_FORM = process.env['LONG'] === '1';

/** The reason for a test that the short form skips. */
export const LONG_FORM_ONLY = 'long form only: npm run test:long';
