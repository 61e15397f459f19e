import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import {
  GetDeploymentCommand,
  GreengrassV2Client,
  ListDeploymentsCommand,
  paginateListCoreDevices,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand, IoTClient } from '@aws-sdk/client-iot';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { fleetOnDisk } from '../support/fleet-on-disk.js';
import { rolloutTo, thermostats } from '../support/fleets.js';
import { executionArn, machineArn } from '../support/stack.js';
import { hoursPass, greenwaveUp } from './run-greenwave.js';

let fleet: Awaited<ReturnType<typeof fleetOnDisk>>;
let cloud: Awaited<ReturnType<typeof greenwaveUp>>;

/** What `greenwave up` tells to export is all that a client gets. */
beforeAll(async () => {
  fleet = await fleetOnDisk(thermostats(12));
  cloud = await greenwaveUp(['--fleet', fleet.file]);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloud.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
});

afterAll(async () => {
  expect(await cloud.stop()).toBe(0);
  await fleet.remove();
});

test('the core devices come page by page', async () => {
  const greengrass = new GreengrassV2Client();
  const pages: number[] = [];
  for await (const { coreDevices } of paginateListCoreDevices(
    { client: greengrass, pageSize: 5 },
    {},
  ))
    pages.push(coreDevices?.length ?? 0);
  expect(pages).toEqual([5, 5, 2]);
});

test('the deployment of the fleet leads to its job', async () => {
  const greengrass = new GreengrassV2Client();
  const { deployments } = await greengrass.send(new ListDeploymentsCommand());
  expect(deployments).toHaveLength(1);
  const deploymentId = deployments?.[0]?.deploymentId;
  const { iotJobId } = await greengrass.send(new GetDeploymentCommand({ deploymentId }));
  const { job } = await new IoTClient().send(new DescribeJobCommand({ jobId: iotJobId }));
  expect(job).toMatchObject({
    status: 'IN_PROGRESS',
    targetSelection: 'CONTINUOUS',
    targets: ['arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats'],
  });
});

test('what greenwave consists of is there: functions and the rule', async () => {
  const functions: (string | undefined)[] = [];
  for await (const page of paginateListFunctions({ client: new LambdaClient() }, {}))
    functions.push(...(page.Functions ?? []).map(({ FunctionName }) => FunctionName));
  expect(functions).toContain('greenwave-dev-AssessWave');
  const { Rules } = await new EventBridgeClient().send(new ListRulesCommand());
  expect(Rules?.map(({ Name, State }) => [Name, State])).toContainEqual([
    'greenwave-dev-rollout-ended',
    'ENABLED',
  ]);
});

test('a rollout that is started as an execution ends Promoted', async () => {
  const sfn = new SFNClient();
  const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
  const input = JSON.stringify({ rolloutId, rollout: rolloutTo('1.1.0'), startedBy: 'sdk' });
  const stateMachineArn = machineArn('rollout');
  const started = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, name: rolloutId, input }),
  );
  expect(started.executionArn).toBe(executionArn('rollout', rolloutId));

  const describe = new DescribeExecutionCommand({ executionArn: started.executionArn });
  await hoursPass(cloud, 3);
  expect(await sfn.send(describe)).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"rolloutId":"thermostat-1.1.0-aaaaaaaa","phase":"Promoted"}',
  });

  const types: (string | undefined)[] = [];
  const history = paginateGetExecutionHistory(
    { client: sfn },
    { executionArn: started.executionArn, maxResults: 100 },
  );
  for await (const { events } of history) types.push(...(events ?? []).map(({ type }) => type));
  expect([types[0], types.at(-1)]).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);

  const { Item } = await new DynamoDBClient().send(
    new GetItemCommand({
      TableName: 'greenwave-dev-rollouts',
      Key: { pk: { S: `ROLLOUT#${rolloutId}` }, sk: { S: 'META' } },
    }),
  );
  expect(Item).toMatchObject({ phase: { S: 'Promoted' }, name: { S: 'thermostat-1.1.0' } });
});
