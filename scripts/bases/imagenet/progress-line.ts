import type { OnProgress } from './download.ts';

/** Says how far a download is: in one line of a terminal, and in tenths where there is none. */
export function progressLine(
  what: string,
  stream: NodeJS.WriteStream = process.stdout,
): OnProgress {
  let said = -1;
  return (loaded, total) => {
    const share = total === undefined ? undefined : loaded / total;
    // Without a total, a step a megabyte.
    const step = Math.floor(share === undefined ? loaded / 1e6 : share * (stream.isTTY ? 100 : 10));
    if (step === said) return;
    said = step;
    const amount = `${(loaded / 1e6).toFixed(1)}${total ? ` of ${(total / 1e6).toFixed(1)}` : ''} MB`;
    const percent = share === undefined ? '' : ` (${Math.floor(share * 100)}%)`;
    const line = `${what}: ${amount}${percent}`;
    stream.write(stream.isTTY ? `\r${line}${share === 1 ? '\n' : ''}` : `${line}\n`);
  };
}
