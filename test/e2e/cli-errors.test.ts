import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { greenwave } from './run-greenwave.js';

const other = createServer((_, response) => response.writeHead(404).end('not found'));
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  ({ port } = other.address() as AddressInfo);
});

afterAll(() => {
  other.close();
});

const refused = (stderr: string) => ({ code: 1, stdout: '', stderr: `greenwave: ${stderr}\n` });

test('an unknown command and an unknown option are named', async () => {
  expect(await greenwave(['fly'])).toEqual(
    refused('there is no command fly; greenwave --help lists all'),
  );
  expect(await greenwave(['list', '--all'])).toEqual(
    refused("Unknown option '--all' (see greenwave list --help)"),
  );
});

test('--help lists every command', async () => {
  const { code, stdout } = await greenwave(['--help']);
  for (const name of ['demo', 'up', 'advance', 'plan', 'rollout', 'list', 'status', 'watch'])
    expect(stdout).toContain(`  ${name} `);
  expect(code).toBe(0);
});

test('a port that is taken and a fleet file that is not there are told', async () => {
  expect(await greenwave(['up', '--port', String(port)])).toEqual(
    refused(`port ${port} of 127.0.0.1 is taken; choose another with --port`),
  );
  const { code, stderr } = await greenwave(['up', '--port', '0', '--fleet', 'no-such-fleet.yaml']);
  expect(stderr).toContain('no-such-fleet.yaml');
  expect(code).toBe(1);
});

test('only a local cloud can be moved in time', async () => {
  expect(await greenwave(['advance', '7d'])).toEqual(
    refused(
      'only the clock of a local cloud can be moved: export the AWS_ENDPOINT_URL that greenwave up, or greenwave emulator, prints',
    ),
  );
  const url = `http://127.0.0.1:${port}`;
  expect(await greenwave(['advance', '7d'], { AWS_ENDPOINT_URL: url })).toEqual(
    refused(
      `what answers at ${url} is no local cloud of greenwave (HTTP 404): real time can't be moved`,
    ),
  );
  expect(await greenwave(['advance', 'soon'], { AWS_ENDPOINT_URL: url })).toEqual(
    refused(
      'DURATION is no duration: "soon"; write 90s, 30m, 2h or 7d (see greenwave advance --help)',
    ),
  );
});

test('an endpoint where nothing answers is named', async () => {
  const { code, stderr } = await greenwave(['list'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  expect(stderr).toContain('nothing answers at http://127.0.0.1:1 (ECONNREFUSED)');
  expect(code).toBe(1);
});

test('a rollout file that is not there is named', async () => {
  const { code, stderr } = await greenwave(['plan', 'no-such-rollout.yaml']);
  expect(stderr).toBe('greenwave: no-such-rollout.yaml: there is no such file\n');
  expect(code).toBe(1);
});
