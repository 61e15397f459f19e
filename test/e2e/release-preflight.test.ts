import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { closing } from '../support/closing.js';
import { thermostats } from '../support/fleets.js';
import { packageWith } from '../support/package-with.js';
import { publishComponent } from '../support/publish-component.js';
import { releasesOf } from '../support/releases.js';
import { machineArn, startStack } from '../support/stack.js';
import { greengrassOf } from '../support/thing-rollouts.js';
import { STANDARD_SECRET, putParameters, releaseEvent, sendStandard } from '../support/webhooks.js';
import { eachTime } from '../support/killed.js';
import { releaseTasks } from '../../src/workflows/release.js';
import { greenwave } from './run-greenwave.js';

// Recipes that others published are not part of the repository; where they lie beside it, they are tried.
const folder = new URL('../../../shared/data/recipes/', import.meta.url);
const files = existsSync(folder)
  ? readdirSync(folder).filter((file) => !file.endsWith('.txt'))
  : [];
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const JAR =
  's3://gg-dev-artifacts-$stage/$componentName/$version/aws.greengrass.clientdevices.IpDetector.jar';

const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';

/** A policy that sends components to the thermostats. */
const policyFor = (...components: string[]) => ({
  components,
  targets: ['thinggroup/thermostats'],
  strategy: { waves: [{ percent: 100, bake: '1m' }] },
});

/** A cloud that takes releases of these components for four thermostats. */
async function startReleasing(
  components: string,
  {
    artifacts = {},
    ...more
  }: { artifacts?: Record<string, string> } & Parameters<typeof startStack>[2] = {},
) {
  const fleet = thermostats(4, {
    artifacts,
    group: { platforms: { 'linux/amd64': 1 }, deploySeconds: { median: 20, p99: 40 } },
  });
  const stack = await startStack(fleet, 'max', {
    root: await packageWith({ 'policy.yaml': policyFor(components) }),
    ...more,
  });
  await putParameters(stack.config, 'ci', { secret: STANDARD_SECRET });
  const releases = releasesOf(stack);
  /** Sends a release and tells, once nothing runs any more, what became of it and of its place in the line. */
  const release = async (component: string, version: string, recipe: string) => {
    const event = releaseEvent({ component, recipe: { inline: recipe } }, `v${version}`);
    const id = `msg_${component}_${version}`;
    const { body } = await sendStandard(stack.cloud.url, event, { id });
    const releaseId = body['releaseId'] ?? '';
    await stack.cloud.clock.idle();
    await stack.cloud.clock.advance(900);
    await stack.cloud.clock.idle();
    const [place] = await releases.placesOf(releaseId);
    const { phase, reason } = await releases.existing(releaseId);
    return { phase, reason, place: place && `${place.state}: ${place.reason}` };
  };
  return { stack, release };
}

const needing = (version: string, range: string) =>
  JSON.stringify({
    RecipeFormatVersion: '2020-01-25',
    ComponentName: 'com.example.App',
    ComponentVersion: version,
    ComponentPublisher: 'Example',
    ComponentDependencies: { 'com.example.Lib': { VersionRequirement: range } },
    Manifests: [{ Platform: { os: 'linux' }, Lifecycle: { Run: 'true' } }],
  });

/** Such a cloud, where the thermostats' own deployment pins a library at 1.4.0. */
async function startPinned(more: Parameters<typeof startReleasing>[1] = {}) {
  const { stack, release } = await startReleasing('com.example.App', more);
  const client = new GreengrassV2Client(stack.config);
  for (const version of ['1.4.0', '2.0.0'])
    await publishComponent(client, 'com.example.Lib', version);
  await stack.cloud.clock.advance(10);
  await greengrassOf(stack).createDeployment(
    { components: { 'com.example.Lib': { componentVersion: '1.4.0' } } },
    { targetArn, clientToken: 'pins', tags: { by: 'somebody' } },
  );
  await stack.cloud.clock.advance(900);
  const app = (version: string, range: string) =>
    release('com.example.App', version, needing(version, range));
  /** How many rollouts were asked for. */
  const planned = async () => {
    const command = new ListExecutionsCommand({ stateMachineArn: machineArn('rollout') });
    return ((await stack.sfn.send(command)).executions ?? []).length;
  };
  return { stack, app, planned };
}

const Shown = z.object({ state: z.string(), warning: z.string().optional() });
const Told = z.object({ releases: z.array(z.object({ rollouts: z.array(Shown) })) });

const clashOf = (version: string) =>
  `com.example.App ${version} requires com.example.Lib ^2.0.0; thinggroup/thermostats pins com.example.Lib 1.4.0: no version meets both (all 4 devices)`;

test('a release whose dependency conflicts with what the target pins is refused before any rollout, at once where it is the first in line', async () => {
  const { stack, app, planned } = await startPinned();
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const told = async () => {
    const { stdout } = await greenwave(['releases', '--json'], environment);
    return Told.parse(JSON.parse(stdout)).releases.flatMap(({ rollouts }) => rollouts);
  };
  const frozen = ['thinggroup/thermostats', '--reason', 'fair'];
  expect((await greenwave(['freeze', ...frozen], environment)).code).toBe(0);
  const refusal = `InvalidRolloutError: rollout: release: ${clashOf('1.2.0')}`;
  expect(await app('1.2.0', '^2.0.0')).toEqual({
    phase: 'Released',
    reason: `in line for thinggroup/thermostats; refused for thinggroup/thermostats: ${refusal}`,
    place: `Failed: ${refusal}`,
  });

  // Behind another one, which may change the target, it only is told.
  const first = await app('1.3.0', '^1.0.0');
  expect(first.place).toMatch(/^Waiting: .* is frozen/);
  const second = await app('1.4.0', '^2.0.0');
  expect(second.place).toMatch(/^Waiting: behind release ci-/);
  const shown = await greenwave(['releases'], environment);
  expect(shown.stdout).toContain(clashOf('1.2.0'));
  const behind = {
    state: 'Waiting',
    warning: `InvalidRolloutError: rollout: release: ${clashOf('1.4.0')}`,
  };
  expect(shown.stdout).toContain(`; its target could not take it now: ${behind.warning}`);
  expect(await told()).toEqual([{ state: 'Failed' }, { state: 'Waiting' }, behind]);
  expect(await planned()).toBe(0);

  expect((await greenwave(['unfreeze', ...frozen], environment)).code).toBe(0);
  await stack.cloud.clock.advance(3600);
  await stack.cloud.clock.idle();
  expect(await told()).toEqual([{ state: 'Failed' }, { state: 'Started' }, { state: 'Failed' }]);
  expect(await planned()).toBe(2);
  expect(stack.cloud.emulator.inspect.versions('com.example.App')).toEqual({ '1.3.0': 4 });
  expect(await greengrassOf(stack).revisions(targetArn)).toHaveLength(3);
});

const STEPS = Object.keys(releaseTasks).map((step) => `greenwave-dev-${step}`);

test('a release whose every step dies after its effect, twice in a row, is refused or rolled out as if none had', async () => {
  const kills = new Map<string, number>();
  const { stack, app, planned } = await startPinned({
    killAfterEffect(name, invocation) {
      const isKilled = STEPS.includes(name) && eachTime(2)(invocation);
      if (isKilled) kills.set(name, (kills.get(name) ?? 0) + 1);
      return isKilled;
    },
  });
  expect((await app('1.2.0', '^2.0.0')).place).toBe(
    `Failed: InvalidRolloutError: rollout: release: ${clashOf('1.2.0')}`,
  );
  expect(await planned()).toBe(0);
  const released = await app('1.3.0', '^1.0.0');
  expect(released).toMatchObject({
    phase: 'Released',
    reason: 'in line for thinggroup/thermostats',
    place: expect.stringMatching(/^Started: /) as unknown,
  });
  expect(await planned()).toBe(1);
  expect(stack.cloud.emulator.inspect.versions('com.example.App')).toEqual({ '1.3.0': 4 });
  expect([...kills.keys()].sort()).toEqual([...STEPS].sort());
});

/** Component and version as the file's name has them. */
const named = (file: string) => {
  const [, component = '', version = ''] = /^\d+-(.*)-([^-]+)\.(?:yaml|json)$/.exec(file) ?? [];
  return { component, version };
};

const publicRecipes = files.length > 0 ? test : test.skip;

// Skipped where there are no public recipes beside the repository.
publicRecipes(
  'ten public recipes go through release and preflight, the one that is a template not before it is filled in',
  async () => {
    const built = await mkdtemp(join(tmpdir(), 'greenwave-built-'));
    closing({ close: () => rm(built, { recursive: true }) });
    const jar = join(built, 'any.jar');
    await writeFile(jar, 'hello');
    const { stack, release } = await startReleasing('*', { artifacts: { [JAR]: jar } });
    await publishComponent(
      new GreengrassV2Client(stack.config),
      'com.aws.MockComponentB',
      '99.0.0',
    );
    const ended: Record<string, string> = {};
    // The subscriber before the publisher, which needs it.
    for (const file of files.toSorted(
      (a, b) => Number(a.includes('Publisher')) - Number(b.includes('Publisher')),
    )) {
      const { component, version } = named(file);
      const isTemplate = component === 'COMPONENT_NAME';
      const { phase, place, reason } = await release(
        isTemplate ? 'com.example.HomeAssistant' : component,
        isTemplate ? '1.0.0' : version,
        read(file),
      );
      ended[component] = phase === 'Failed' ? reason : (place ?? '').replace(/: rollout .*/, '');
    }
    const template = ended['COMPONENT_NAME'];
    expect(template).toMatch(/InvalidReleaseError: recipe: uses BUCKET_NAME/);
    const others = files.map((file) => named(file).component).filter((name) => !name.includes('_'));
    expect(ended).toEqual({
      ...Object.fromEntries(others.map((name) => [name, 'Started'])),
      COMPONENT_NAME: template,
    });
    expect(others).toHaveLength(9);
  },
);
