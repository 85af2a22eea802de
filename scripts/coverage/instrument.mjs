import { relative, resolve, sep } from 'node:path';
import { createInstrumenter } from 'istanbul-lib-instrument';

const ROOT = resolve(import.meta.dirname, '../..');

/** What is measured. The translations are generated, and hold no decisions. */
const MEASURED = /^(src|sw)\/(?!i18n\/locales\/).+(?<!\.d)\.ts$/;

/** Istanbul repeats each file's map in the code; the report reads it from `instrument` instead. */
const MAPS = ['statementMap', 'fnMap', 'branchMap'].map(
  (name) => new RegExp(`^ {4}${name}: \\{\\n[^]*?^ {4}\\},\\n`, 'm'),
);

/**
 * A file's name in the report, such as `src/platform/problem.ts`.
 *
 * @param {string} file absolute, or relative to the repository
 * @returns {string | undefined} undefined for a file that is not measured
 */
export function measuredName(file) {
  const name = relative(ROOT, resolve(ROOT, file)).split(sep).join('/');
  return MEASURED.test(name) ? name : undefined;
}

/**
 * Adds counters to TypeScript, which stays TypeScript: statements, branches and functions have the
 * same numbers in the browser, in Node and in the report, whatever compiles the file afterwards.
 *
 * @param {string} source
 * @param {string} name from `measuredName`
 */
export function instrument(source, name) {
  const instrumenter = createInstrumenter({
    esModules: true,
    compact: false,
    parserPlugins: ['typescript', 'decorators', 'decoratorAutoAccessors', 'topLevelAwait'],
    // The content security policy refuses `new Function`, which is Istanbul's usual way.
    coverageGlobalScopeFunc: false,
    coverageGlobalScope: 'globalThis',
  });
  const instrumented = instrumenter.instrumentSync(source, name);
  return {
    /** With the counters only; the map of the file is in `coverage`. */
    code: MAPS.reduce((code, map) => code.replace(map, ''), instrumented),
    /** Where each statement, branch and function is, each counter at 0. */
    coverage: instrumenter.lastFileCoverage(),
  };
}
