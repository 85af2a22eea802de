import type { OnProgress } from './download.ts';

/**
 * Prints the progress of a download: in one line of a terminal, or in steps of 10 % without one.
 */
export function progressLine(
  what: string,
  stream: NodeJS.WriteStream = process.stdout,
): OnProgress {
  let printed = -1;
  return (loaded, total) => {
    const fraction = total === undefined ? undefined : loaded / total;
    // Without a total, one step per megabyte.
    const step = Math.floor(
      fraction === undefined ? loaded / 1e6 : fraction * (stream.isTTY ? 100 : 10),
    );
    if (step === printed) return;
    printed = step;
    const amount = `${(loaded / 1e6).toFixed(1)}${total ? ` of ${(total / 1e6).toFixed(1)}` : ''} MB`;
    const percent = fraction === undefined ? '' : ` (${Math.floor(fraction * 100)}%)`;
    const line = `${what}: ${amount}${percent}`;
    stream.write(stream.isTTY ? `\r${line}${fraction === 1 ? '\n' : ''}` : `${line}\n`);
  };
}
