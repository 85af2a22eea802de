import { CHECK_PARTS, type CheckPart } from './check/checks.ts';
import { failuresOf, lineOf, runChecks } from './check/run-checks.ts';

/**
 * `npm run check`: runs all checks in parallel. Arguments name the parts to run; without arguments all
 * of them run.
 */
const requested = process.argv.slice(2);
const unknown = requested.filter((name) => !CHECK_PARTS.some((part) => part === name));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}. There are ${CHECK_PARTS.join(', ')}.`);
  process.exit(2);
}
const parts = requested.length > 0 ? (requested as CheckPart[]) : CHECK_PARTS;
const started = performance.now();
const results = await runChecks(parts, {
  onEnd: (result) => console.log(lineOf(result)),
});
console.log(failuresOf(results));
console.log(`Checked in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
if (results.some(({ ok }) => !ok)) process.exitCode = 1;
