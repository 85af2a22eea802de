import { accuracy } from './accuracy.ts';
import { gallery } from './gallery.ts';
import { importing } from './import.ts';
import { live } from './live.ts';
import { network } from './network.ts';
import { prior } from './prior.ts';
import { estimate } from './estimate.ts';
import { start } from './start.ts';
import { squares } from './squares.ts';
import { training } from './training.ts';

/** `npm run bench -- NAME [options]`: each benchmark has its own options. */
const BENCHMARKS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  accuracy,
  gallery,
  import: importing,
  live,
  network,
  prior,
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
}
