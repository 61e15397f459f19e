import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { thermostat } from '../support/fleets.js';
import { inPhase } from '../support/operator.js';
import { startThings, thing, toThing } from '../support/thing-rollouts.js';
import { greenwave } from './run-greenwave.js';

const id = 'thermostat-1.1.0-ccccccc9';

test('plan, list and explain show a rollout to one thing as what it is', async () => {
  const stack = await startThings();
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const path = join(tmpdir(), `${id}.json`);
  const rollout = toThing({ waves: [{ devices: 1, bake: '10m', approval: true }] });
  await writeFile(path, JSON.stringify(rollout));
  const planned = await greenwave(['plan', path], environment);
  expect(planned.stdout).toContain(`${thermostat}: 1.0.0 -> 1.1.0`);
  expect(planned.stdout).toContain('Device: linux/');

  await stack.start(id, { rolloutId: id, rollout, startedBy: 'test' });
  await inPhase(stack, id, 'AwaitingApproval', () => Promise.resolve());
  const explained = await greenwave(['explain', thing], environment);
  expect(explained.stdout).toContain(`${id}  AwaitingApproval  the target itself: it was given`);
  expect(explained.stdout).toMatch(new RegExp(`${thermostat} +1\\.1\\.0 .*release of ${id}`));
  const listed = await greenwave(['list'], environment);
  expect(listed.stdout).toMatch(new RegExp(`${id} +AwaitingApproval +thing/${thing} +1 of 1`));
});
