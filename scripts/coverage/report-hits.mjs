/**
 * Says on the console what runs in this realm, ten times a second. The console works where nothing
 * else does: offline, under any content security policy, in every kind of worker. The tests read it
 * (test/coverage.ts). It runs in the browser from its source text: it must not use anything outside
 * itself.
 *
 * @param {() => import('./hits.mjs').Hits} newHits
 */
export function reportHits(newHits) {
  const report = () => {
    const hits = newHits();
    if (Object.keys(hits).length > 0) console.debug('coverage', JSON.stringify(hits));
  };
  report();
  setInterval(report, 100);
  globalThis.addEventListener('pagehide', report);
  globalThis.reportCoverage = report;
}
