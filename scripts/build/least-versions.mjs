/**
 * The oldest browsers that the app works in. Syntax is compiled for them (sources.mjs), the check
 * `browsers` compares the style sheets and the rule `house/least-versions` the scripts with them,
 * and `src/check-browser.js` refuses what is older. README.md states them.
 *
 * The keys are those of @mdn/browser-compat-data.
 */
export const LEAST_VERSIONS = {
  chrome: '111',
  chrome_android: '111',
  firefox: '115',
  firefox_android: '115',
  safari: '16.4',
  safari_ios: '16.4',
};

/** The same for esbuild, which refuses syntax that it cannot compile for them. */
export const SYNTAX_TARGETS = [
  `chrome${LEAST_VERSIONS.chrome}`,
  `firefox${LEAST_VERSIONS.firefox}`,
  `safari${LEAST_VERSIONS.safari}`,
  `ios${LEAST_VERSIONS.safari_ios}`,
];
