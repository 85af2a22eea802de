import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** IPv4 addresses of this machine in its local networks. */
export function lanAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** The text that `npm start` prints: the URL of the app, and how to open it on a phone. */
export function describeServer(
  server: { readonly url: string; readonly port: number },
  options: { readonly host: string; readonly secure: boolean },
  lan: readonly string[] = lanAddresses(),
): string {
  const { url, port } = server;
  const scheme = options.secure ? 'https' : 'http';
  const addresses = options.host === '0.0.0.0' ? lan : [options.host];
  const reachable = options.host !== '127.0.0.1' && options.host !== 'localhost';
  const lines = [`Purrceptron: ${url}`];
  if (reachable) {
    lines.push(...addresses.map((address) => `In this network: ${scheme}://${address}:${port}/`));
  }
  if (!options.secure) {
    lines.push(
      `Android phone on USB: adb reverse tcp:${port} tcp:${port}, then open ${url} there`,
      'Phone in this network: npm start -- --cert FILE --key FILE',
    );
  }
  lines.push('The camera and the service worker need HTTPS or localhost.');
  return lines.join('\n');
}
