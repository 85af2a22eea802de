import { readFile } from 'node:fs/promises';
import { describeServer } from './serve/addresses.ts';
import { parseCommandLine, USAGE, type CommandLine } from './serve/options.ts';
import { serveFolder, type FolderServer, type ServeOptions } from './serve/serve-folder.ts';

/** `npm start`: serves what `npm run build` made, with the headers of production. */
async function main(): Promise<void> {
  const options = parseCommandLine(process.argv.slice(2));
  if (!options) {
    console.log(USAGE);
    return;
  }
  const { host, certificate } = options;
  const tls = certificate && {
    cert: await readFile(certificate.cert),
    key: await readFile(certificate.key),
  };
  const server = await listen(options, { dir: 'dist', host, ...(tls && { tls }) });
  console.log(describeServer(server, { host, secure: tls !== undefined }));
}

/** Serves on the port asked for, or on the first free one of ten. */
async function listen(line: CommandLine, options: ServeOptions): Promise<FolderServer> {
  for (let port = line.port; ; port++) {
    try {
      return await serveFolder({ ...options, port });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken) throw error;
      if (line.portIsGiven) throw new Error(`Port ${port} is taken.`, { cause: error });
      if (port - line.port === 9) throw new Error('No free port: name one with --port.');
    }
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
