import { expect, test } from '@playwright/test';
import { describeServer, lanAddresses } from '../../scripts/serve/addresses.ts';
import { parseCommandLine } from '../../scripts/serve/options.ts';

test('without arguments it is for this machine only', () => {
  expect(parseCommandLine([])).toEqual({ port: 8080, portIsGiven: false, host: '127.0.0.1' });
});

test('with a certificate it is for the network', () => {
  const line = parseCommandLine(['--cert', 'c.pem', '--key', 'k.pem', '--port=9000']);
  expect(line).toEqual({
    port: 9000,
    portIsGiven: true,
    host: '0.0.0.0',
    certificate: { cert: 'c.pem', key: 'k.pem' },
  });
});

test('wrong arguments are told', () => {
  expect(() => parseCommandLine(['--port', 'http'])).toThrow('--port must be a number');
  expect(() => parseCommandLine(['--port', '70000'])).toThrow('--port must be a number');
  expect(() => parseCommandLine(['--cert', 'c.pem'])).toThrow('both --cert and --key');
  expect(() => parseCommandLine(['--prot', '1'])).toThrow('--prot');
  expect(parseCommandLine(['--help'])).toBeUndefined();
});

test('says how a phone reaches the app', () => {
  const local = describeServer(
    { url: 'http://localhost:8080/', port: 8080 },
    { host: '127.0.0.1', secure: false },
    ['192.168.1.5'],
  );
  expect(local).toContain('adb reverse tcp:8080 tcp:8080');
  expect(local).not.toContain('192.168.1.5');
  const lan = describeServer(
    { url: 'https://localhost:8443/', port: 8443 },
    { host: '0.0.0.0', secure: true },
    ['192.168.1.5'],
  );
  expect(lan).toContain('https://192.168.1.5:8443/');
  expect(lan).not.toContain('adb reverse');
});

test('finds the addresses that others reach', () => {
  const address = { netmask: '', mac: '', cidr: null };
  const found = lanAddresses({
    lo: [{ ...address, family: 'IPv4', address: '127.0.0.1', internal: true }],
    wlan0: [
      { ...address, family: 'IPv4', address: '192.168.1.5', internal: false },
      { ...address, family: 'IPv6', address: 'fe80::1', internal: false, scopeid: 2 },
    ],
  });
  expect(found).toEqual(['192.168.1.5']);
});
