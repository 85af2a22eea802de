/**
 * Takes a Web Lock, if nobody else holds it, for as long as this window or worker lives.
 *
 * @returns a function that releases it earlier; undefined if somebody else holds it
 */
export function holdLock(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock) {
          return new Promise<void>((release) => {
            resolve(release);
          });
        }
        resolve(undefined);
        return undefined;
      })
      .catch(reject);
  });
}
