import { expect, test } from '@jest/globals';
import { thermostat, thermostats } from '../support/fleets.js';
import { packageWith } from '../support/package-with.js';
import { releaseFile, releasesOf } from '../support/releases.js';
import { startStack } from '../support/stack.js';
import { STANDARD_SECRET, putParameters, releaseEvent, sendStandard } from '../support/webhooks.js';
import { greenwave } from './run-greenwave.js';

const policy = {
  components: [thermostat],
  targets: ['thinggroup/thermostats'],
  strategy: {
    waves: [
      { devices: 2, bake: '5m' },
      { percent: 100, bake: '5m' },
    ],
  },
};

async function started(policies: Record<string, unknown>) {
  const root = await packageWith(policies);
  const stack = await startStack(thermostats(6), 'max', { root });
  await putParameters(stack.config, 'ci', { secret: STANDARD_SECRET });
  const release = async (version: string) => {
    const event = releaseEvent(releaseFile(), `v${version}`);
    const { body } = await sendStandard(stack.cloud.url, event, { id: `msg_${version}` });
    return body['releaseId'] ?? '';
  };
  const releases = releasesOf(stack);
  const places = async (releaseId: string) =>
    (await releases.placesOf(releaseId)).map(({ state, reason }) => `${state}: ${reason}`);
  const rollouts = async () =>
    (await stack.rollouts.list('all')).map(({ name, phase }) => `${name} ${phase}`);
  return { stack, release, releases, places, rollouts };
}

test('two releases for one target go one after the other; a freeze stops the line, not what is under way', async () => {
  const { stack, release, places, rollouts } = await started({ 'p.yaml': policy });
  const { clock, emulator, url } = stack.cloud;
  const environment = { AWS_ENDPOINT_URL: url };
  const released = clock.hold();
  const first = await release('1.4.0');
  const second = await release('1.5.0');
  released();
  await clock.idle();
  expect(await rollouts()).toEqual(['thermostat-1.4.0 Promoted', 'thermostat-1.5.0 Promoted']);
  expect(emulator.inspect.versions(thermostat)).toEqual({ '1.5.0': 6 });
  const [one, two] = await stack.rollouts.list('all');
  expect(Date.parse(two?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(one?.endedAt ?? ''));
  expect([...(await places(first)), ...(await places(second))]).toEqual([
    `Started: rollout ${one?.rolloutId}`,
    `Started: rollout ${two?.rolloutId}`,
  ]);

  const frozen = ['freeze', 'thinggroup/thermostats', '--reason', 'fair'];
  expect(await greenwave(frozen, environment)).toMatchObject({
    code: 0,
    stdout: 'The line of thinggroup/thermostats is frozen.\n',
  });
  const third = await release('1.6.0');
  await clock.idle();
  const late = await release('1.5.5');
  await clock.idle();
  await clock.advance(7200);
  expect(await places(third)).toEqual([
    expect.stringMatching(/^Waiting: thinggroup\/thermostats is frozen by .*@.* since .*: fair$/),
  ]);
  const shown = await greenwave(['releases'], environment);
  expect(shown.stdout).toContain('is frozen by');
  expect(shown.stdout).toMatch(/1\.6\.0 .* in line for thinggroup\/thermostats/);
  const asked = await greenwave(['releases', '--json'], environment);
  expect(JSON.parse(asked.stdout)).toMatchObject({
    freezes: [{ target: 'thinggroup/thermostats', reason: 'fair' }],
  });

  const free = ['unfreeze', 'thinggroup/thermostats', '--reason', 'over'];
  expect((await greenwave(free, environment)).code).toBe(0);
  expect(await greenwave(free, environment)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not frozen') as unknown,
  });
  await clock.advance(900);
  await clock.idle();
  expect(emulator.inspect.versions(thermostat)).toEqual({ '1.6.0': 6 });
  expect(await places(late)).toEqual([
    'NotQueued: thinggroup/thermostats has 1.6.0, which is newer; greenwave rollout takes it back',
  ]);
});

test('with newer: replace a release takes the place of those that wait, not of what is under way', async () => {
  const { stack, release, places, rollouts } = await started({
    'p.yaml': { ...policy, newer: 'replace' },
  });
  const released = stack.cloud.clock.hold();
  await release('1.4.0');
  const second = await release('1.5.0');
  const third = await release('1.6.0');
  released();
  await stack.cloud.clock.idle();
  expect(await rollouts()).toEqual(['thermostat-1.4.0 Promoted', 'thermostat-1.6.0 Promoted']);
  expect(await places(second)).toEqual([`Replaced: replaced by 1.6.0 of release ${third}`]);
});

test('a version outside a policy, or in a frozen window, makes a component version and no rollout', async () => {
  // Virtual time begins on Monday, 2026-01-05 at 08:00 UTC.
  const freeze = [{ cron: '0 7 * * MON', duration: '3h', reason: 'Monday morning' }];
  const { stack, release, releases, places, rollouts } = await started({
    'p.yaml': { ...policy, versions: '>=1.4', freeze },
  });
  const early = await release('1.3.0');
  const beta = await release('1.5.0-beta.1');
  const later = await release('1.5.0');
  await stack.cloud.clock.idle();
  expect(await places(early)).toEqual(['NotQueued: policy p: 1.3.0 is not in >=1.4']);
  expect(await places(beta)).toEqual([
    'NotQueued: policy p: 1.5.0-beta.1 is a pre-release, and preReleases is false',
  ]);
  expect(await places(later)).toEqual([
    'Waiting: policy p starts nothing until 2026-01-05T10:00:00.000Z: Monday morning',
  ]);
  expect((await releases.list()).map(({ phase }) => phase)).toEqual(Array(3).fill('Released'));
  expect(await rollouts()).toEqual([]);
  await stack.cloud.clock.advance(2 * 3600 + 900);
  await stack.cloud.clock.idle();
  expect(await rollouts()).toEqual(['thermostat-1.5.0 Promoted']);
});

test('what is wrong with a release is told by the release, and nothing reaches the fleet', async () => {
  const { stack, releases, rollouts } = await started({ 'p.yaml': policy });
  const reasonOf = async (id: string, file: unknown, tag: string) => {
    const sent = await sendStandard(stack.cloud.url, releaseEvent(file, tag), { id });
    await stack.cloud.clock.idle();
    const { phase, reason } = await releases.existing(sent.body['releaseId'] ?? '');
    return `${phase}: ${reason}`;
  };
  const other = { ...releaseFile(), recipe: { inline: { ComponentName: thermostat } } };
  const broken = { ...releaseFile(), recipe: { inline: brokenRecipe } };
  const reasons = [
    await reasonOf('msg_1', { component: thermostat }, 'v1.4.0'),
    await reasonOf('msg_2', releaseFile(), 'nightly'),
    await reasonOf('msg_3', other, 'v1.4.0'),
    // The account has 1.1.0 already, with another recipe.
    await reasonOf('msg_4', releaseFile(), 'v1.1.0'),
    await reasonOf('msg_5', broken, 'v1.7.0'),
  ];
  expect(reasons[0]).toContain('recipe: missing; give a recipe');
  expect(reasons[1]).toContain('tag: "nightly" has no semantic version');
  expect(reasons[2]).toContain('recipe: ComponentVersion is missing, the release is of 1.4.0');
  expect(reasons[3]).toMatch(
    /1\.1\.0 is there already with another recipe: .*ComponentConfiguration/,
  );
  expect(reasons[4]).toMatch(
    /^Failed: (CreateComponent|CheckComponent) could not do its work: .*s3:\/\/nowhere/,
  );
  expect(reasons.every((reason) => reason.startsWith('Failed: '))).toBe(true);
  expect(await rollouts()).toEqual([]);
});

const brokenRecipe = `RecipeFormatVersion: '2020-01-25'
ComponentName: '{COMPONENT_NAME}'
ComponentVersion: '{COMPONENT_VERSION}'
ComponentPublisher: Example
Manifests:
  - Platform: { os: linux }
    Artifacts: [{ URI: 's3://nowhere/app.zip' }]
    Lifecycle: { Run: 'true' }
`;
