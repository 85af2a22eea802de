/**
 * The bytes of a blob as base64, for what a test takes out of the page: a list of numbers takes more
 * than a hundred bytes of memory for each of them on its way.
 */
export function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => {
      const url = reader.result as string;
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(reader.error!);
    };
    reader.readAsDataURL(blob);
  });
}
