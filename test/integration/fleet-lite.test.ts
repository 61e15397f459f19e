import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  GetCoreDeviceCommand,
  GetDeploymentCommand,
  ListInstalledComponentsCommand,
} from '@aws-sdk/client-greengrassv2';
import {
  AddThingToThingGroupCommand,
  CreateThingGroupCommand,
  DescribeJobExecutionCommand,
} from '@aws-sdk/client-iot';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { publishComponent, type RecipeParts } from '../support/publish-component.js';
import { groupArn, startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const app = 'com.example.App';
const device = 'gateways-0001';

const publish = (version: string, more: RecipeParts = {}, name = app) =>
  publishComponent(fleet.greengrass, name, version, more);

/** One Lite device that runs App 1.0.0. */
const start = async (more: FleetFile = {}) => {
  fleet = await startFleet({
    thingGroups: {
      gateways: { count: 1, runtime: 'aws_nucleus_lite', deploySeconds: { median: 60, p99: 60 } },
    },
    ...more,
  });
  for (const version of ['1.0.0', '1.1.0']) await publish(version, { runtime: '*' });
  await fleet.advance(10);
  await fleet.deploy('gateways', { [app]: '1.0.0' });
  await fleet.advance(120);
};
const failing = {
  behaviours: [{ component: app, version: '1.1.0', outcome: 'FAILED' as const }],
};
const core = () => fleet.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName: device }));

test('it is told as Lite, and not as a component', async () => {
  await start();
  expect(await core()).toMatchObject({ runtime: 'aws_nucleus_lite', coreVersion: '2.5.1' });
  expect((await fleet.installed(device)).map((each) => each.componentName)).toEqual([app]);
});

test('every component is told as a root', async () => {
  await start();
  await publish('1.0.0', { runtime: '*' }, 'com.example.Base');
  await publish('1.2.0', { runtime: '*', dependencies: { 'com.example.Base': '^1.0.0' } });
  await fleet.advance(10);
  await fleet.deploy('gateways', { [app]: '1.2.0' });
  await fleet.advance(120);
  const { installedComponents = [] } = await fleet.greengrass.send(
    new ListInstalledComponentsCommand({ coreDeviceThingName: device, topologyFilter: 'ROOT' }),
  );
  expect(installedComponents.map((each) => each.componentName)).toEqual([app, 'com.example.Base']);
});

describe('a deployment that fails', () => {
  test('leaves it on the new version whatever the policy, and tells no more than the status', async () => {
    await start(failing);
    const { deploymentId, jobId } = await fleet.deploy('gateways', { [app]: '1.1.0' });
    await fleet.advance(120);
    expect(await fleet.execution(device, deploymentId)).toEqual({
      status: 'FAILED',
      reason: 'FAILED_ROLLBACK_NOT_REQUESTED',
    });
    const { execution } = await fleet.iot.send(
      new DescribeJobExecutionCommand({ jobId, thingName: device }),
    );
    expect(execution?.statusDetails?.detailsMap).toEqual({});
    expect(fleet.versions(app)).toEqual({ '1.1.0': 1 });
    const [component] = await fleet.installed(device);
    expect(component).toMatchObject({ lifecycleState: 'BROKEN', lifecycleStatusCodes: [] });
    expect((await core()).status).toBe('UNHEALTHY');
  });

  test.each(['FAILED_ROLLBACK_COMPLETE', 'FAILED_UNABLE_TO_ROLLBACK'] as const)(
    'leaves it on the new version where a rule says %s, too',
    async (detailedStatus) => {
      await start({
        behaviours: [{ component: app, version: '1.1.0', outcome: 'FAILED', detailedStatus }],
      });
      await fleet.deploy('gateways', { [app]: '1.1.0' });
      await fleet.advance(120);
      expect(fleet.versions(app)).toEqual({ '1.1.0': 1 });
      const [component] = await fleet.installed(device);
      expect(component?.lifecycleState).toBe('BROKEN');
    },
  );

  test('is FAILED where a nucleus would have REJECTED it', async () => {
    await start({ behaviours: [{ component: app, version: '1.1.0', outcome: 'REJECTED' }] });
    const { jobId } = await fleet.deploy('gateways', { [app]: '1.1.0' });
    await fleet.advance(120);
    expect(await fleet.counts(jobId)).toEqual({ failed: 1 });
    expect(fleet.versions(app)).toEqual({ '1.0.0': 1 });
  });
});

test('a thing deployment never reaches it', async () => {
  await start();
  const { deploymentId } = await fleet.deploy(device, { [app]: '1.0.0' });
  await fleet.advance(86_400);
  expect((await fleet.execution(device, deploymentId))?.status).toBe('QUEUED');
  const { deploymentStatus } = await fleet.greengrass.send(
    new GetDeploymentCommand({ deploymentId }),
  );
  expect(deploymentStatus).toBe('ACTIVE');
  const { jobId } = await fleet.deploy('gateways', { [app]: '1.1.0' });
  await fleet.advance(120);
  expect(await fleet.counts(jobId)).toEqual({ succeeded: 1 });
});

test('cancelling never stops it', async () => {
  await start();
  const { deploymentId } = await fleet.deploy('gateways', { [app]: '1.1.0' });
  await fleet.advance(16);
  await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await fleet.advance(120);
  expect(fleet.versions(app)).toEqual({ '1.1.0': 1 });
});

test('components aren’t asked', async () => {
  await start({ behaviours: [{ component: app, version: '1.0.0', outcome: 'DEFERS' }] });
  const { jobId } = await fleet.deploy('gateways', { [app]: '1.1.0' });
  await fleet.advance(120);
  expect(await fleet.counts(jobId)).toEqual({ succeeded: 1 });
});

test('a subdeployment stands beside its parent, where another version never resolves', async () => {
  await start();
  await fleet.iot.send(new CreateThingGroupCommand({ thingGroupName: 'canary' }));
  await fleet.iot.send(
    new AddThingToThingGroupCommand({ thingGroupName: 'canary', thingName: device }),
  );
  const subdeploy = (version: string) =>
    fleet.deploy('canary', { [app]: version }, { parentTargetArn: groupArn('gateways') });
  const other = await subdeploy('1.1.0');
  await fleet.advance(120);
  expect(await fleet.counts(other.jobId)).toEqual({ failed: 1 });
  const same = await subdeploy('1.0.0');
  await fleet.advance(120);
  expect(await fleet.counts(same.jobId)).toEqual({ succeeded: 1 });
});
