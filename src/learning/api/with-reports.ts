import * as Comlink from 'comlink';

/**
 * Makes a call of a worker that reports its progress. Reports come on a port of their own, the last
 * ones perhaps after the result: those are dropped.
 *
 * @param report called as long as the call is pending
 * @param call gets the callback for the worker
 */
export async function withReports<Progress, Result>(
  report: ((progress: Progress) => void) | undefined,
  call: (report: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  let isPending = true;
  const proxy = Comlink.proxy((progress: Progress) => {
    if (isPending) report?.(progress);
  });
  try {
    return await call(proxy);
  } finally {
    isPending = false;
  }
}
