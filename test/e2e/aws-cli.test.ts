import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { installedClis, runCli } from '../support/aws-cli.js';
import { fleetOnDisk } from '../support/fleet-on-disk.js';
import { rolloutTo, thermostats } from '../support/fleets.js';
import { executionArn, machineArn } from '../support/stack.js';
import { hoursPass, greenwaveUp } from './run-greenwave.js';

/** Each command line is a Python that starts: a second of a core. */
jest.setTimeout(180_000);

const installed = installedClis();

if (installed.size === 0)
  test.skip('the AWS CLI drives the local cloud (not run: no AWS CLI is installed)', () =>
    undefined);

const drivesTheLocalCloud = (program: string) => () => {
  let fleet: Awaited<ReturnType<typeof fleetOnDisk>>;
  let cloud: Awaited<ReturnType<typeof greenwaveUp>>;

  beforeAll(async () => {
    fleet = await fleetOnDisk(thermostats(12));
    cloud = await greenwaveUp(['--fleet', fleet.file]);
  });

  afterAll(async () => {
    expect(await cloud.stop()).toBe(0);
    await fleet.remove();
  });

  async function aws(...args: string[]): Promise<unknown> {
    const { stdout } = await runCli(program, cloud.url, args);
    return JSON.parse(stdout);
  }

  test('lists the core devices, pages put together', async () => {
    const length = ['--query', 'length(coreDevices)'];
    expect(await aws('greengrassv2', 'list-core-devices', ...length)).toBe(12);
  });

  test('follows the deployment of the fleet to its job', async () => {
    const id = await aws(
      ...['greengrassv2', 'list-deployments', '--query', 'deployments[].deploymentId | [0]'],
    );
    const jobId = await aws(
      ...['greengrassv2', 'get-deployment', '--deployment-id', String(id), '--query', 'iotJobId'],
    );
    expect(await aws('iot', 'describe-job', '--job-id', String(jobId))).toMatchObject({
      job: {
        status: 'IN_PROGRESS',
        targets: ['arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats'],
      },
    });
  });

  test('lists the rules', async () => {
    expect(await aws('events', 'list-rules')).toMatchObject({
      Rules: [
        { Name: 'greenwave-dev-rollout-ended', State: 'ENABLED' },
        { Name: 'greenwave-dev-deployment-status', State: 'ENABLED' },
        { Name: 'greenwave-dev-component-status', State: 'ENABLED' },
        { Name: 'greenwave-dev-start-queued', State: 'ENABLED' },
        { Name: 'greenwave-dev-component-version', State: 'ENABLED' },
        { Name: 'greenwave-dev-rollout-requested', State: 'ENABLED' },
        { Name: 'greenwave-dev-tell-people', State: 'ENABLED' },
      ],
    });
  });

  test('starts a rollout and sees it end Promoted', async () => {
    const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
    const input = JSON.stringify({ rolloutId, rollout: rolloutTo('1.1.0'), startedBy: 'aws' });
    const execution = ['--execution-arn', executionArn('rollout', rolloutId)];
    await aws(
      ...['stepfunctions', 'start-execution', '--state-machine-arn', machineArn('rollout')],
      ...['--name', rolloutId, '--input', input],
    );
    await hoursPass(cloud, 3);
    const status = [...execution, '--query', 'status'];
    expect(await aws('stepfunctions', 'describe-execution', ...status)).toBe('SUCCEEDED');

    const types = ['--query', '[events[0].type, events[-1].type]'];
    expect(await aws('stepfunctions', 'get-execution-history', ...execution, ...types)).toEqual([
      'ExecutionStarted',
      'ExecutionSucceeded',
    ]);
    const key = { pk: { S: `ROLLOUT#${rolloutId}` }, sk: { S: 'META' } };
    const item = ['--key', JSON.stringify(key), '--query', 'Item.phase.S'];
    expect(
      await aws('dynamodb', 'get-item', '--table-name', 'greenwave-dev-rollouts', ...item),
    ).toBe('Promoted');
  });
};

for (const [version, program] of installed) describe(version, drivesTheLocalCloud(program));
