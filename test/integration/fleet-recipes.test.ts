import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
} from '@aws-sdk/client-greengrassv2';
import { groupArn, startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;

beforeAll(async () => {
  fleet = await startFleet({
    artifacts: { 's3://bucket/hello': 'LICENSE' },
    thingGroups: {
      gateways: {
        count: 1,
        platforms: { 'linux/aarch64': 1 },
        platformOverride: { 'com.example.radio': 'lora' },
      },
    },
  });
});
afterAll(() => fleet.close());

const device = 'gateways-0001';
const COMPONENT = 'com.example.Hello';
let patch = 0;

/** Publishes a recipe with these fields under the next version, and deploys it; how the component stands then. */
async function run(fields: object, merge?: string) {
  const ComponentVersion = `1.0.${(patch += 1)}`;
  const text = JSON.stringify({
    ...{ RecipeFormatVersion: '2020-01-25', ComponentName: COMPONENT, ComponentVersion },
    ...fields,
  });
  await fleet.greengrass.send(
    new CreateComponentVersionCommand({ inlineRecipe: Buffer.from(text) }),
  );
  await fleet.advance(5);
  await deploy(COMPONENT, ComponentVersion, merge);
  return { ...(await stateOf(COMPONENT)), length: text.length };
}

async function deploy(name: string, componentVersion: string, merge?: string) {
  const configurationUpdate = { merge };
  await fleet.greengrass.send(
    new CreateDeploymentCommand({
      targetArn: groupArn('gateways'),
      components: {
        [name]: { componentVersion, ...(merge !== undefined && { configurationUpdate }) },
      },
    }),
  );
  await fleet.advance(3600);
}

async function stateOf(name: string) {
  const found = (await fleet.installed(device)).find(({ componentName }) => componentName === name);
  return { version: found?.componentVersion, state: found?.lifecycleState };
}

test('a component keeps running if its manifest has a Run or a Startup, in any case', async () => {
  expect(await run({ Manifests: [{ Lifecycle: { run: 'echo' } }] })).toMatchObject({
    ...{ version: '1.0.1', state: 'RUNNING' },
  });
  expect(await run({ Manifests: [{ Lifecycle: { Install: 'echo' } }] })).toMatchObject({
    ...{ version: '1.0.2', state: 'FINISHED' },
  });
});

test('the global lifecycle counts where the manifest has none, by its selection keys', async () => {
  const Lifecycle = { Install: 'echo', pi: { Startup: 'echo' }, all: { Setenv: {} } };
  expect(await run({ Manifests: [{ Lifecycle: {} }], Lifecycle })).toMatchObject({
    state: 'FINISHED',
  });
  expect(await run({ Manifests: [{ Selections: ['pi'] }], Lifecycle })).toMatchObject({
    state: 'RUNNING',
  });
  expect(
    await run({ Manifests: [{ Selections: ['pi'], Lifecycle: { Install: 'a' } }], Lifecycle }),
  ).toMatchObject({ state: 'FINISHED' });
});

test('a recipe that its digests make longer than 16 KB is deployed', async () => {
  const Artifacts = [{ URI: 's3://bucket/hello' }];
  const { version, state, length } = await run({
    ComponentDescription: 'x'.repeat(16_150),
    Manifests: [{ Artifacts, Lifecycle: { Run: 'echo' } }],
  });
  expect(length).toBeGreaterThan(16_300);
  expect({ version, state }).toEqual({ version: `1.0.${patch}`, state: 'RUNNING' });
});

test('a configuration that nests 1000 levels deep is merged', async () => {
  const merge = '{"a":'.repeat(1000) + '1' + '}'.repeat(1000);
  expect(await run({ Manifests: [{ Lifecycle: { Run: 'echo' } }] }, merge)).toMatchObject({
    ...{ version: `1.0.${patch}`, state: 'RUNNING' },
  });
  const { components } = fleet.device(device);
  expect(JSON.stringify(components)).toContain(merge);
});

test('a component that a Lambda function became runs', async () => {
  const lambdaArn = 'arn:aws:lambda:eu-west-1:123456789012:function:greet:3';
  await fleet.greengrass.send(new CreateComponentVersionCommand({ lambdaFunction: { lambdaArn } }));
  await fleet.advance(5);
  await deploy('greet', '3.0.0');
  expect(await stateOf('greet')).toEqual({ version: '3.0.0', state: 'RUNNING' });
});

test.each([
  [{ 'com.example.radio': 'lora' }, true],
  [{ os: 'linux', 'com.example.radio': '/LORA|(?i)Lora/' }, true],
  [{ 'com.example.radio': 'zigbee' }, false],
  [{ 'com.example.gps': '/.+/' }, false],
  [{ architecture: 'aarch64', 'architecture.detail': 'armv7l' }, false],
  // Each pair of brackets doubles the time of those who try every way to take the text apart.
  [{ os: `/${'('.repeat(60)}.*${')*'.repeat(60)}x!/` }, false],
])('a device runs a manifest for %j: %s', async (Platform, runs) => {
  const { version } = await run({ Manifests: [{ Platform, Lifecycle: { Run: 'echo' } }] });
  expect(version === `1.0.${patch}`).toBe(runs);
});

test('devices of one platform that differ in an attribute get what is for each', async () => {
  const both = await startFleet({
    thingGroups: {
      lora: { count: 1, platformOverride: { 'com.example.radio': 'lora' } },
      wifi: { count: 1 },
      all: { members: ['lora-0001', 'wifi-0001'] },
    },
  });
  const recipe = {
    ...{ RecipeFormatVersion: '2020-01-25', ComponentName: COMPONENT, ComponentVersion: '1.0.0' },
    Manifests: [{ Platform: { 'com.example.radio': 'lora' }, Lifecycle: { Run: 'echo' } }],
  };
  const inlineRecipe = Buffer.from(JSON.stringify(recipe));
  await both.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe }));
  await both.advance(5);
  const { jobId } = await both.deploy('all', { [COMPONENT]: '1.0.0' });
  await both.advance(3600);
  const counts = await both.counts(jobId);
  await both.close();
  expect(counts).toEqual({ succeeded: 1, failed: 1 });
});
