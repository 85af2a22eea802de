import { describeServer } from './serve/addresses.ts';
import { listen } from './serve/listen.ts';
import { parseCommandLine, USAGE } from './serve/options.ts';

/** `npm start`: serves what `npm run build` made, with the headers of production. */
async function main(): Promise<void> {
  const options = parseCommandLine(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return;
  }
  const { host, certificate } = options;
  const server = await listen(options, 'dist');
  console.log(describeServer(server, { host, secure: certificate !== undefined }));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
