import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  DescribeComponentCommand,
  GetDeploymentCommand,
  GreengrassV2Client,
  ListInstalledComponentsCommand,
  paginateListComponents,
  paginateListDeployments,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand, IoTClient, ListThingsInThingGroupCommand } from '@aws-sdk/client-iot';
import { fuzz } from '../support/fuzz/fuzz.js';
import type { Known } from '../support/fuzz/valid-iot-requests.js';
import { thermostat } from '../support/fleets.js';
import { groupArn } from '../support/start-fleet.js';
import { startEmulatorProcess } from '../support/start-emulator-process.js';

type Process = Awaited<ReturnType<typeof startEmulatorProcess>>;

/** FUZZ_SEED tries other requests; the one that failed is in what the test prints. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_105);
const REQUESTS = 20_000;

let emulator: Process;
let greengrass: GreengrassV2Client;
let iot: IoTClient;

beforeAll(async () => {
  emulator = await startEmulatorProcess({
    components: [
      'examples/recipes/thermostat-1.0.0.yaml',
      'examples/recipes/thermostat-1.1.0.yaml',
    ],
    thingGroups: {
      wild: { count: 6, platforms: { 'linux/amd64': 1 } },
      calm: { count: 2, deployed: { [thermostat]: { componentVersion: '1.0.0' } } },
    },
  });
  const config = {
    ...{ endpoint: emulator.url, region: 'eu-west-1' },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  greengrass = new GreengrassV2Client(config);
  iot = new IoTClient(config);
});
afterAll(async () => {
  greengrass.destroy();
  iot.destroy();
  await emulator.stop();
});

const deploy = (group: string, version: string) =>
  greengrass.send(
    new CreateDeploymentCommand({
      targetArn: groupArn(group),
      components: { [thermostat]: { componentVersion: version } },
    }),
  );

/** Some deployments that the requests know of from the start. */
async function prepare(): Promise<Known> {
  const deployments = [];
  for (let i = 0; i < 20; i += 1) deployments.push(await deploy('wild', '1.0.0'));
  const [first, ...rest] = deployments.map(({ deploymentId = '' }) => deploymentId);
  const [job, ...jobs] = deployments.map(({ iotJobId = '' }) => iotJobId);
  return { deploymentIds: [first ?? '', ...rest], jobIds: [job ?? '', ...jobs] };
}

/** Asks again until the answer is there; at 600 times the speed of the clock that is soon. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 5000; i += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error('It never came');
}

/** Whatever has become of it, each deployment is there, and each target has one latest revision. */
async function checkDeployments(): Promise<void> {
  const latest = new Map<string, number>();
  const pages = paginateListDeployments(
    { client: greengrass, pageSize: 100 },
    { historyFilter: 'ALL' },
  );
  for await (const { deployments = [] } of pages)
    for (const { deploymentId, targetArn = '', isLatestForTarget } of deployments) {
      const found = await greengrass.send(new GetDeploymentCommand({ deploymentId }));
      expect(found).toMatchObject({ deploymentId, targetArn, isLatestForTarget });
      latest.set(targetArn, (latest.get(targetArn) ?? 0) + (isLatestForTarget ? 1 : 0));
    }
  expect(latest.size).toBeGreaterThan(5);
  expect([...latest.values()].every((count) => count <= 1)).toBe(true);
}

test(`all is well after 20,000 requests of the seed ${seed}, broken and good ones`, async () => {
  const { counts, complaints } = await fuzz(emulator.url, await prepare(), {
    ...{ seed, requests: REQUESTS },
  });
  expect(complaints).toEqual([]);
  expect(emulator.state()).toEqual({ written: '', exitCode: null, signalCode: null });
  // Of each kind there were many.
  for (const kind of ['200', '201', '204', '400', '404', '409', 'noise'])
    expect([kind, (counts[kind] ?? 0) > 100]).toEqual([kind, true]);

  const { iotJobId: jobId } = await deploy('calm', '1.1.0');
  const done = await until(async () => {
    const { job } = await iot.send(new DescribeJobCommand({ jobId }));
    return job?.jobProcessDetails?.numberOfSucceededThings === 2 ? job : undefined;
  });
  expect(done).toMatchObject({ status: 'IN_PROGRESS' });
  const { installedComponents } = await greengrass.send(
    new ListInstalledComponentsCommand({ coreDeviceThingName: 'calm-0001' }),
  );
  expect(installedComponents).toContainEqual(
    expect.objectContaining({ componentName: thermostat, componentVersion: '1.1.0' }),
  );
  await checkDeployments();
  for await (const { components = [] } of paginateListComponents({ client: greengrass }, {}))
    for (const { latestVersion } of components)
      await greengrass.send(new DescribeComponentCommand({ arn: latestVersion?.arn }));
  const { things } = await iot.send(new ListThingsInThingGroupCommand({ thingGroupName: 'calm' }));
  expect(things).toEqual(['calm-0001', 'calm-0002']);
});
