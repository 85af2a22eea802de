const { instrument, measuredName } = require('./instrument.mjs');

/**
 * Babel plugin for Playwright's compiler, for specs that run the app's code in Node: it parses the
 * instrumented source in the place of the source, so that counters equal those of the browser.
 */
module.exports = () => {
  let isParsing = false;
  return {
    name: 'coverage',
    parserOverride(source, options, parse) {
      const name = measuredName(options.sourceFileName ?? '');
      // Istanbul's own parser comes here too if it shares this Babel.
      if (isParsing || !name) return undefined;
      isParsing = true;
      try {
        return parse(instrument(source, name).code, options);
      } finally {
        isParsing = false;
      }
    },
  };
};
