import { accuracy } from './accuracy.ts';
import { fineTuning } from './fine-tune.ts';
import { gallery } from './gallery.ts';
import { importing } from './import.ts';
import { live } from './live.ts';
import { network } from './network.ts';
import { prior } from './prior.ts';
import { sameKind } from './same-kind.ts';
import { estimate } from './estimate.ts';
import { start } from './start.ts';
import { squares } from './squares.ts';
import { training } from './training.ts';

/** `npm run bench -- NAME [options]`: each benchmark has its own options. */
const BENCHMARKS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  accuracy,
  'fine-tune': fineTuning,
  gallery,
  import: importing,
  live,
  network,
  prior,
  'same-kind': sameKind,
  estimate,
  squares,
  start,
  training,
};

const [name = '', ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (!benchmark) {
  console.error(`Which benchmark? One of: ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exitCode = 2;
} else {
  await benchmark(args).catch((thrown: unknown) => {
    console.error(thrown instanceof Error ? thrown.message : thrown);
    process.exitCode = 1;
  });
  // The app's channels to its other windows are open, and Node would wait for them.
  process.exit();
}
