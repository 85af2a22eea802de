import { expect, test } from '@playwright/test';
import { withReports } from '../../src/learning/api/with-reports.ts';

test('a report that comes after the result is dropped, as one after an error', async () => {
  const reported: number[] = [];
  const late: ((progress: number) => void)[] = [];
  const call = (end: () => Promise<string>) =>
    withReports<number, string>(
      (progress) => reported.push(progress),
      (report) => {
        late.push(report);
        report(reported.length);
        return end();
      },
    );
  expect(await call(() => Promise.resolve('done'))).toBe('done');
  await expect(call(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(reported).toEqual([0, 1]);
  for (const report of late) report(9);
  expect(reported).toEqual([0, 1]);
});
