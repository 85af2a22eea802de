import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** The most memory that the page's process has held since, as the kernel counts it; Linux only. */
export class PeakMemory {
  readonly #processes: readonly number[];

  private constructor(processes: readonly number[]) {
    this.#processes = processes;
  }

  /** Begins to count. Chromium may keep more than one renderer: the largest counts. */
  static async of(page: Page): Promise<PeakMemory> {
    const session = await page.context().browser()!.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    // proc_pid_clear_refs(5): 5 sets the peak to what is held now.
    for (const pid of renderers) await writeFile(`/proc/${pid}/clear_refs`, '5');
    return new PeakMemory(renderers);
  }

  /** In MB, with the pages of the program itself, which other processes share. */
  async megabytes(): Promise<number> {
    const peaks = this.#processes.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return (Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024) / 1e6;
    });
    return Math.round(Math.max(...(await Promise.all(peaks))));
  }
}
