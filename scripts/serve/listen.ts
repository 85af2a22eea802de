import { readFile } from 'node:fs/promises';
import type { CommandLine } from './options.ts';
import { serveFolder, type FolderServer, type ServeOptions } from './serve-folder.ts';

/**
 * Serves a folder with the options of the command line: on the given port, or else on the first
 * free one of ten.
 *
 * @param revalidate see ServeOptions
 * @throws Error with a message for the user if no port is free
 */
export async function listen(
  line: CommandLine,
  dir: string,
  { revalidate = false }: Pick<ServeOptions, 'revalidate'> = {},
): Promise<FolderServer> {
  const { host, certificate } = line;
  const tls = certificate && {
    cert: await readFile(certificate.cert),
    key: await readFile(certificate.key),
  };
  for (let port = line.port; ; port++) {
    try {
      return await serveFolder({ dir, host, port, revalidate, ...(tls && { tls }) });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken) throw error;
      if (line.portIsGiven) throw new Error(`Port ${port} is taken.`, { cause: error });
      if (port - line.port === 9) throw new Error('No free port: name one with --port.');
    }
  }
}
