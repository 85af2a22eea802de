import { cpuBackendImport } from './cpu-backend-import.mjs';
import { privateWords } from './private-words.mjs';

/** The rules of the house that need no types: a plugin for oxlint, as .oxlintrc.json asks. */
export default {
  meta: { name: 'house' },
  rules: { 'private-words': privateWords, 'cpu-backend-import': cpuBackendImport },
};
