import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  DescribeComponentCommand,
  ResolveComponentCandidatesCommand,
} from '@aws-sdk/client-greengrassv2';
import { buildFleetFile } from '../../emulator/fleet-of.js';
import { publishComponent } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

const app = 'com.example.App';
const ARTIFACT = 's3://example-bucket/app.zip';
let fleet: RunningFleet;

beforeAll(async () => {
  fleet = await startFleet({
    ...buildFleetFile({
      coreDevices: { kiosks: 2 },
      published: { [app]: ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'] },
    }),
    componentStates: [
      {
        ...{ component: app, version: '1.1.0', state: 'FAILED', message: 'An artifact is missing' },
        errors: { [ARTIFACT]: 'Access Denied' },
      },
      { component: app, version: '1.2.0', state: 'DEPRECATED' },
      {
        ...{ component: app, version: '1.3.0', vendorGuidance: 'DISCONTINUED' },
        vendorGuidanceMessage: 'Take 2.0.0',
      },
      { component: app, version: '1.4.0', vendorGuidance: 'DELETED' },
      { component: app, version: '2.0.0', state: 'FAILED', errors: { [ARTIFACT]: 'Not there' } },
    ],
  });
});
afterAll(() => fleet.close());

const statusOf = async (version: string, name = app) => {
  const arn = `arn:aws:greengrass:eu-west-1:123456789012:components:${name}:versions:${version}`;
  return (await fleet.greengrass.send(new DescribeComponentCommand({ arn }))).status;
};
const resolved = async (range: string) => {
  const { resolvedComponentVersions = [] } = await fleet.greengrass.send(
    new ResolveComponentCandidatesCommand({
      platform: { attributes: { os: 'linux' } },
      componentCandidates: [{ componentName: app, versionRequirements: { a: range } }],
    }),
  );
  return resolvedComponentVersions.map(({ componentVersion, vendorGuidance, message }) => ({
    ...{ componentVersion, vendorGuidance, message },
  }));
};
/** How the deployment of a version to one device ends. */
const outcomeOf = async (version: string) => {
  const { deploymentId } = await fleet.deploy('kiosks-0001', { [app]: version });
  await fleet.advance(3600);
  return fleet.execution('kiosks-0001', deploymentId);
};

test('the fleet file says what has become of versions that it publishes', async () => {
  expect(await statusOf('1.0.0')).toEqual({
    ...{ componentState: 'DEPLOYABLE', message: 'NONE', errors: {} },
    ...{ vendorGuidance: 'ACTIVE', vendorGuidanceMessage: 'NONE' },
  });
  expect(await statusOf('1.1.0')).toMatchObject({
    ...{ componentState: 'FAILED', message: 'An artifact is missing' },
    errors: { [ARTIFACT]: 'Access Denied' },
  });
  expect(await statusOf('1.2.0')).toMatchObject({ componentState: 'DEPRECATED', message: 'NONE' });
  expect(await statusOf('1.3.0')).toMatchObject({
    ...{ componentState: 'DEPLOYABLE', vendorGuidance: 'DISCONTINUED' },
    vendorGuidanceMessage: 'Take 2.0.0',
  });
  expect(await statusOf('1.4.0')).toMatchObject({
    ...{ componentState: 'DEPLOYABLE', vendorGuidance: 'DELETED' },
  });
});

test('a version that is made later ends as the fleet file says', async () => {
  await publishComponent(fleet.greengrass, app, '2.0.0');
  expect(await statusOf('2.0.0')).toMatchObject({ componentState: 'REQUESTED', errors: {} });
  await fleet.advance(1);
  expect(await statusOf('2.0.0')).toMatchObject({ componentState: 'INITIATED' });
  await fleet.advance(2);
  expect(await statusOf('2.0.0')).toMatchObject({
    ...{ componentState: 'FAILED', message: 'NONE', errors: { [ARTIFACT]: 'Not there' } },
  });
  await expect(publishComponent(fleet.greengrass, app, '2.0.0')).rejects.toThrow('already exists');
});

test('candidates are DEPLOYABLE and not DELETED, and come with what their vendor says', async () => {
  expect(await resolved('>=1.0.0')).toEqual([
    { componentVersion: '1.3.0', vendorGuidance: 'DISCONTINUED', message: 'Take 2.0.0' },
  ]);
  for (const version of ['1.1.0', '1.2.0', '1.4.0'])
    await expect(resolved(version)).rejects.toThrow('no usable version');
});

test.each(['1.1.0', '1.2.0', '1.4.0'])(
  'a deployment of %s fails as one of nothing',
  async (version) => {
    const nothing = await outcomeOf('9.9.9');
    expect(nothing?.errorStack?.at(-1)).toBe('COMPONENT_VERSION_REQUIREMENTS_NOT_MET');
    expect(await outcomeOf(version)).toEqual({
      ...nothing,
      reason: nothing?.reason?.replace('9.9.9', version),
    });
  },
);

test('a version that is DISCONTINUED can be deployed', async () => {
  expect(await outcomeOf('1.3.0')).toMatchObject({ status: 'COMPLETED' });
});

test('a version that is injected to be DELETED fails where it isn’t yet, and stays where it runs', async () => {
  const published = async (version: string) => {
    await publishComponent(fleet.greengrass, 'com.example.Other', version);
    await fleet.advance(3);
  };
  await published('1.0.0');
  const other = { 'com.example.Other': '1.0.0' };
  await fleet.deploy('kiosks-0001', other);
  await fleet.advance(3600);
  const deleted = { vendorGuidance: 'DELETED', vendorGuidanceMessage: 'Recalled' } as const;
  fleet.componentState('com.example.Other', '1.0.0', deleted);
  expect(await statusOf('1.0.0', 'com.example.Other')).toMatchObject({
    ...{ componentState: 'DEPLOYABLE', vendorGuidance: 'DELETED' },
    vendorGuidanceMessage: 'Recalled',
  });
  const { deploymentId } = await fleet.deploy('kiosks-0002', other);
  await fleet.advance(3600);
  expect(await fleet.execution('kiosks-0002', deploymentId)).toMatchObject({ status: 'FAILED' });
  expect(fleet.versions('com.example.Other')).toEqual({ '1.0.0': 1, none: 1 });
  fleet.componentState('com.example.Other', '1.0.0', { vendorGuidance: 'ACTIVE' });
  expect(await statusOf('1.0.0', 'com.example.Other')).toMatchObject({
    ...{ vendorGuidance: 'ACTIVE', vendorGuidanceMessage: 'NONE' },
  });
});

test('a state that is injected before a version has settled is its last', async () => {
  await fleet.greengrass.send(
    new CreateComponentVersionCommand({
      inlineRecipe: Buffer.from(
        '{"RecipeFormatVersion":"2020-01-25","ComponentName":"com.example.Hasty","ComponentVersion":"1.0.0"}',
      ),
    }),
  );
  fleet.componentState('com.example.Hasty', '1.0.0', { state: 'FAILED', message: 'Too big' });
  await fleet.advance(10);
  expect(await statusOf('1.0.0', 'com.example.Hasty')).toMatchObject({
    ...{ componentState: 'FAILED', message: 'Too big' },
  });
  fleet.componentState('com.example.Hasty', '1.0.0', { state: 'DEPLOYABLE' });
  expect(await statusOf('1.0.0', 'com.example.Hasty')).toMatchObject({
    ...{ componentState: 'DEPLOYABLE', message: 'NONE' },
  });
});

test('what would change nothing, and a version that there isn’t, are refused', () => {
  expect(() => fleet.componentState(app, '1.0.0', {})).toThrow(
    'componentState: changes nothing; write a state or a vendorGuidance',
  );
  expect(() => fleet.componentState(app, '9.9.9', { state: 'FAILED' })).toThrow(
    'com.example.App 9.9.9 is no component version that is there',
  );
});
