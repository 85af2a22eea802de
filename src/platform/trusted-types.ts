/**
 * The one Trusted Types policy of the app: the addresses of its own scripts, and no others. The
 * content security policy allows it by name (see public/_headers).
 */
const policy = window.trustedTypes?.createPolicy('app', {
  createScriptURL: (url) => {
    if (new URL(url, location.href).origin !== location.origin) {
      throw new TypeError(`Not a script of this app: ${url}`);
    }
    return url;
  },
});

/** An address that `new Worker` and `serviceWorker.register` take under Trusted Types. */
export function trustedScriptUrl(url: string): string {
  return (policy?.createScriptURL(url) as string | undefined) ?? url;
}
