/*
 * Runs first, in every browser however old: ES5, which ESLint checks. A browser below the least
 * versions (scripts/build/least-versions.mjs) gets the page of old-browser.js, and main.ts stops.
 * Together, these features came with iOS and Safari 16.4, Firefox 115 and Chrome 111.
 */
(function () {
  if (
    window.CSS &&
    CSS.supports &&
    CSS.supports('color', 'color-mix(in srgb,red,red)') &&
    [].toSorted &&
    window.OffscreenCanvasRenderingContext2D &&
    window.DecompressionStream
  ) {
    return;
  }
  var url = document.querySelector('script[data-old]').getAttribute('data-old');
  var script = document.createElement('script');
  script.src = window.trustedTypes
    ? // The name that the content security policy allows; main.ts does not use it then.
      window.trustedTypes
        .createPolicy('app', {
          createScriptURL: function (same) {
            return same;
          },
        })
        .createScriptURL(url)
    : url;
  document.documentElement.setAttribute('data-old-browser', '');
  document.head.appendChild(script);
})();
