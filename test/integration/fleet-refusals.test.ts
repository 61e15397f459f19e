import { afterEach, describe, expect, test } from '@jest/globals';
import type { CreateDeploymentCommandInput } from '@aws-sdk/client-greengrassv2';
import { CreateThingGroupCommand, GetJobDocumentCommand } from '@aws-sdk/client-iot';
import { publishComponent, type RecipeParts } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const app = 'com.example.App';
const device = 'gateways-0001';

const start = async (nucleus = '2.15.0') => {
  const deploySeconds = { median: 60, p99: 60 };
  fleet = await startFleet({ thingGroups: { gateways: { count: 1, nucleus, deploySeconds } } });
};
const publish = async (name: string, version: string, parts: RecipeParts = {}) => {
  await publishComponent(fleet.greengrass, name, version, parts);
  await fleet.advance(10);
};
const outcomeOf = async (
  versions: Record<string, string>,
  more: Partial<CreateDeploymentCommandInput> = {},
) => {
  const { deploymentId, jobId } = await fleet.deploy('gateways', versions, more);
  await fleet.advance(120);
  const { status, reason, errorStack, errorTypes } =
    (await fleet.execution(device, deploymentId)) ?? {};
  return { status, reason, codes: errorStack?.slice(1), errorTypes, jobId };
};

describe('a nucleus that lacks a capability fails the deployment', () => {
  const limited = {
    components: {
      [app]: { componentVersion: '1.0.0', runWith: { systemResourceLimits: { memory: 1024 } } },
    },
  };
  const large = {
    components: {
      [app]: {
        componentVersion: '1.0.0',
        configurationUpdate: { merge: JSON.stringify({ text: 'x'.repeat(32_000) }) },
      },
    },
  };

  test.each([
    ['LINUX_RESOURCE_LIMITS', '2.3.0', '2.4.0', limited],
    ['LARGE_CONFIGURATION', '2.2.0', '2.3.0', large],
  ])('%s: %s lacks it, %s has it', async (capability, before, since, more) => {
    await start(before);
    await publish(app, '1.0.0');
    expect(await outcomeOf({}, more)).toMatchObject({
      status: 'FAILED',
      reason: expect.stringContaining(`required by this deployment: ${capability}`),
    });
    await fleet.close();
    await start(since);
    await publish(app, '1.0.0');
    expect(await outcomeOf({}, more)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('a document above 31 KB isn’t in the job', async () => {
    await start();
    await publish(app, '1.0.0');
    const { jobId } = await outcomeOf({}, large);
    const { document } = await fleet.iot.send(new GetJobDocumentCommand({ jobId }));
    expect(JSON.parse(document ?? '')).toMatchObject({
      requiredCapabilities: ['LARGE_CONFIGURATION'],
    });
    expect(document).not.toContain(app);
  });
});

describe('artifacts', () => {
  const docker = 'aws.greengrass.DockerApplicationManager';
  const exchange = 'aws.greengrass.TokenExchangeService';
  const ecr = 'docker:123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1';

  test.each([
    [
      'https://example.com/app.zip',
      {},
      ['COMPONENT_PACKAGE_LOADING_ERROR', 'ARTIFACT_URI_NOT_VALID', 'UNSUPPORTED_ARTIFACT_SCHEME'],
      ['COMPONENT_RECIPE_ERROR'],
    ],
    ['docker:nginx:1', {}, ['MISSING_DOCKER_APPLICATION_MANAGER'], ['REQUEST_ERROR']],
    [ecr, { [docker]: '1.0.0' }, ['MISSING_TOKEN_EXCHANGE_SERVICE'], ['REQUEST_ERROR']],
  ])('%s beside %j fails with %j', async (artifact, others, codes, errorTypes) => {
    await start();
    await publish(app, '1.0.0', { artifact });
    for (const name of Object.keys(others)) await publish(name, '1.0.0');
    expect(await outcomeOf({ [app]: '1.0.0', ...others })).toMatchObject({
      status: 'FAILED',
      reason: expect.stringContaining('FAILED_NO_STATE_CHANGE'),
      codes,
      errorTypes,
    });
  });

  test('of Docker run beside what they need', async () => {
    await start();
    await publish(app, '1.0.0', { artifact: ecr });
    await publish(docker, '1.0.0');
    await publish(exchange, '1.0.0');
    expect(
      await outcomeOf({ [app]: '1.0.0', [docker]: '1.0.0', [exchange]: '1.0.0' }),
    ).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('the nucleus', () => {
  const nucleus = 'aws.greengrass.Nucleus';

  test('beside another component of its type fails the deployment', async () => {
    await start();
    await publish('com.example.Nucleus', '1.0.0', { type: 'aws.greengrass.nucleus' });
    expect(await outcomeOf({ 'com.example.Nucleus': '1.0.0', [nucleus]: '2.15.0' })).toMatchObject({
      status: 'FAILED',
      codes: ['MULTIPLE_NUCLEUS_RESOLVED_ERROR'],
    });
  });

  test('floats to the latest patch with the next deployment, and all components start anew', async () => {
    await start();
    await publish('com.example.Needs', '1.0.0', { dependencies: { [nucleus]: '>=2.0.0 <2.16.0' } });
    expect(await outcomeOf({ 'com.example.Needs': '1.0.0' })).toMatchObject({
      status: 'SUCCEEDED',
    });
    const [, before] = await fleet.installed(device);
    await publish(nucleus, '2.15.3', { type: 'aws.greengrass.nucleus' });
    expect(await outcomeOf({ 'com.example.Needs': '1.0.0' })).toMatchObject({
      status: 'SUCCEEDED',
    });
    const [core, after] = await fleet.installed(device);
    expect([core?.componentVersion, core?.isRoot]).toEqual(['2.15.3', true]);
    expect(after?.lastStatusChangeTimestamp).not.toEqual(before?.lastStatusChangeTimestamp);
  });

  test('is moved to a new minor version by the deployment that names it, and by no other', async () => {
    fleet = await startFleet({ thingGroups: { gateways: { count: 2 } } });
    for (const thingGroupName of ['apps', 'nuclei'])
      await fleet.iot.send(new CreateThingGroupCommand({ thingGroupName }));
    await publish(app, '1.0.0', { dependencies: { [nucleus]: '>=2.0.0' } });
    const apps = await fleet.deploy('apps', { [app]: '1.0.0' });
    const nuclei = await fleet.deploy('nuclei', { [nucleus]: '2.x' });
    fleet.join('gateways-0001', 'nuclei');
    fleet.join('gateways-0002', 'apps');
    await fleet.advance(900);
    await publish(nucleus, '2.16.0', { type: 'aws.greengrass.nucleus' });
    fleet.join('gateways-0001', 'apps');
    fleet.join('gateways-0002', 'nuclei');
    await fleet.advance(900);
    expect(await fleet.execution('gateways-0001', apps.deploymentId)).toMatchObject({
      status: 'FAILED',
      errorStack: ['DEPLOYMENT_FAILURE', 'UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE'],
    });
    expect((await fleet.execution('gateways-0002', nuclei.deploymentId))?.status).toBe('SUCCEEDED');
    expect(fleet.versions(nucleus)).toEqual({ '2.15.0': 1, '2.16.0': 1 });
  });

  test('in another version starts all components anew', async () => {
    await start();
    await publish(app, '1.0.0');
    await publish(nucleus, '2.16.0', { type: 'aws.greengrass.nucleus' });
    await outcomeOf({ [app]: '1.0.0' });
    const [, before] = await fleet.installed(device);
    expect(await outcomeOf({ [app]: '1.0.0', [nucleus]: '2.16.0' })).toMatchObject({
      status: 'SUCCEEDED',
    });
    const [core, after] = await fleet.installed(device);
    expect(core?.componentVersion).toBe('2.16.0');
    expect(after?.lastStatusChangeTimestamp).not.toEqual(before?.lastStatusChangeTimestamp);
  });
});
