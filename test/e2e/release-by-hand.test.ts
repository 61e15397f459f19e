import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { closing } from '../support/closing.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { gdkRecipe, releasesOf } from '../support/releases.js';
import { startStack } from '../support/stack.js';
import { greenwave } from './run-greenwave.js';

async function repository() {
  const folder = await mkdtemp(join(tmpdir(), 'greenwave-release-'));
  closing({ close: () => rm(folder, { recursive: true }) });
  const file = join(folder, 'greenwave.release.yaml');
  await writeFile(file, `component: ${thermostat}\nrecipe: recipe.yaml\n`);
  await writeFile(join(folder, 'recipe.yaml'), gdkRecipe);
  return file;
}

test('greenwave release makes the version, follows its rollout, and says what is wrong', async () => {
  const file = await repository();
  const stack = await startStack(thermostats(6));
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const released = await greenwave(['release', file, '--tag', 'v1.4.0', '--json'], environment);
  expect(released).toMatchObject({ code: 0 });
  const [first = '', ...changes] = released.stdout.trim().split('\n');
  expect(JSON.parse(first)).toMatchObject({
    phase: 'Released',
    component: thermostat,
    version: '1.4.0',
    rollouts: [{ target: 'thinggroup/thermostats', state: 'Starting' }],
  });
  expect(changes.at(-1)).toContain('Promoted');
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.4.0': 6 });

  const again = await greenwave(['release', file, '--tag', 'v1.4.0'], environment);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('thinggroup/thermostats has 1.4.0 already');
  const untagged = await greenwave(['release', file], environment);
  expect(untagged).toMatchObject({ code: 1, stdout: '' });
  expect(untagged.stderr).toContain('version: missing; give the release file one, or a tag');
  const taken = await greenwave(['release', file, '--tag', 'v1.1.0'], environment);
  expect(taken.code).toBe(1);
  expect(taken.stderr).toContain('is there already with another recipe');
});

test('a component version that somebody else makes is rolled out by the policy; an event starts the rollout that it has', async () => {
  const lines: string[] = [];
  const stack = await startStack(thermostats(6), 'max', { onLog: (line) => lines.push(line) });
  const { clock, emulator } = stack.cloud;
  const greengrass = new GreengrassV2Client(stack.config);
  await publishComponent(greengrass, thermostat, '1.7.0');
  await publishComponent(greengrass, 'com.example.Other', '1.0.0');
  await clock.advance(120);
  await clock.idle();
  expect(emulator.inspect.versions(thermostat)).toEqual({ '1.7.0': 6 });
  const releases = await releasesOf(stack).list();
  expect(releases).toMatchObject([{ startedBy: 'component version', phase: 'Released' }]);

  const events = new EventBridgeClient(stack.config);
  const request = (detail: unknown) =>
    events.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'ci.example',
            DetailType: 'Greenwave Rollout Requested',
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );
  await request({ rollout: { ...rolloutTo('1.1.0'), strategy: { waves: [] } } });
  await request({ rollouts: [] });
  await clock.advance(600);
  expect(
    lines.filter((line) => /OnRolloutRequested\].*dropped after 3 attempts/.test(line)),
  ).toHaveLength(2);
  expect(
    lines.some((line) => /strategy\.waves: \[\] is not a list of at least one/.test(line)),
  ).toBe(true);
  expect(await stack.rollouts.list('all')).toHaveLength(1);
  const strategy = { waves: [{ percent: 100, bake: '2m' }] };
  await request({ rollout: { ...rolloutTo('1.1.0'), strategy } });
  await clock.advance(1);
  await clock.idle();
  const rollouts = await stack.rollouts.list('all');
  expect(rollouts.map(({ name, phase }) => `${name} ${phase}`)).toEqual([
    'thermostat-1.7.0 Promoted',
    'thermostat-1.1.0 Promoted',
  ]);
});
