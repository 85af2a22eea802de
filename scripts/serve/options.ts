import { parseArgs } from 'node:util';

export const USAGE = `npm start -- [--port 8080] [--host ADDRESS] [--cert FILE --key FILE]

  --port  default 8080, or the next free one
  --host  address to listen on; default: this machine only, or 0.0.0.0 with a certificate
  --cert  certificate and
  --key   private key, PEM: serve HTTPS, for phones in the same network`;

export interface CommandLine {
  readonly port: number;
  /** Whether the port was given; then no other one is tried. */
  readonly portIsGiven: boolean;
  readonly host: string;
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/**
 * Parses the arguments of `npm start`.
 *
 * @returns undefined for `--help`
 * @throws Error with a message for the user
 */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const { port: given, cert, key } = values;
  const port = Number(given ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${given}".`);
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new Error('HTTPS needs both --cert and --key.');
  }
  const certificate = cert !== undefined && key !== undefined ? { cert, key } : undefined;
  return {
    port,
    portIsGiven: given !== undefined,
    host: values.host ?? (certificate ? '0.0.0.0' : '127.0.0.1'),
    ...(certificate && { certificate }),
  };
}
