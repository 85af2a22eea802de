/**
 * The only Trusted Types policy of the app: it accepts script URLs of the app's own origin. The
 * content security policy allows it by name (see public/_headers). It is made when it is needed:
 * check-browser.js makes one of that name where it refuses the browser.
 */
let policy: ReturnType<typeof makePolicy>;

function makePolicy() {
  return window.trustedTypes?.createPolicy('app', {
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin !== location.origin) {
        throw new TypeError(`Not a script of this app: ${url}`);
      }
      return url;
    },
  });
}

/**
 * A script URL that `new Worker` and `serviceWorker.register` accept under Trusted Types.
 *
 * @throws TypeError for a URL of another origin, where the browser has Trusted Types
 */
export function trustedScriptUrl(url: string): string {
  policy ??= makePolicy();
  return (policy?.createScriptURL(url) as string | undefined) ?? url;
}
