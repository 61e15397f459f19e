import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { closing } from '../support/closing.js';
import { thermostats } from '../support/fleets.js';
import { packageWith } from '../support/package-with.js';
import { publishComponent } from '../support/publish-component.js';
import { releasesOf } from '../support/releases.js';
import { startStack } from '../support/stack.js';
import { greengrassOf } from '../support/thing-rollouts.js';
import { STANDARD_SECRET, putParameters, releaseEvent, sendStandard } from '../support/webhooks.js';
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
async function startReleasing(components: string, artifacts: Record<string, string> = {}) {
  const fleet = thermostats(4, {
    artifacts,
    group: { platforms: { 'linux/amd64': 1 }, deploySeconds: { median: 20, p99: 40 } },
  });
  const stack = await startStack(fleet, 'max', {
    root: await packageWith({ 'policy.yaml': policyFor(components) }),
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

test('a release whose dependency conflicts with what the target pins is refused before any deployment, and said so', async () => {
  const { stack, release } = await startReleasing('com.example.App');
  const client = new GreengrassV2Client(stack.config);
  for (const version of ['1.4.0', '2.0.0'])
    await publishComponent(client, 'com.example.Lib', version);
  await stack.cloud.clock.advance(10);
  await greengrassOf(stack).createDeployment(
    { components: { 'com.example.Lib': { componentVersion: '1.4.0' } } },
    { targetArn, clientToken: 'pins', tags: { by: 'somebody' } },
  );
  await stack.cloud.clock.advance(900);
  const { place } = await release('com.example.App', '1.2.0', needing('1.2.0', '^2.0.0'));
  const clash =
    'com.example.App 1.2.0 requires com.example.Lib ^2.0.0; thinggroup/thermostats pins com.example.Lib 1.4.0: no version meets both (all 4 devices)';
  expect(place).toBe(`Failed: InvalidRolloutError: rollout: release: ${clash}`);
  expect(await greengrassOf(stack).revisions(targetArn)).toHaveLength(2);
  const shown = await greenwave(['releases'], { AWS_ENDPOINT_URL: stack.cloud.url });
  expect(shown.stdout).toContain(clash);
  expect((await release('com.example.App', '1.3.0', needing('1.3.0', '^1.0.0'))).place).toMatch(
    /^Started: /,
  );
  expect(stack.cloud.emulator.inspect.versions('com.example.App')).toEqual({ '1.3.0': 4 });
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
    const { stack, release } = await startReleasing('*', { [JAR]: jar });
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
