/**
 * The result of `work`, or its error.
 *
 * @throws Error if there is none within `milliseconds`; the work is not stopped then
 */
export async function withTimeout<Result>(
  work: Promise<Result>,
  milliseconds: number,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`No answer in ${milliseconds / 1000} s`));
    }, milliseconds);
  });
  return Promise.race([work, timeout]).finally(() => {
    clearTimeout(timer);
  });
}
