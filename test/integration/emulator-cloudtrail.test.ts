import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  DeleteCoreDeviceCommand,
  ListCoreDevicesCommand,
  TagResourceCommand,
} from '@aws-sdk/client-greengrassv2';
import { CreateThingCommand } from '@aws-sdk/client-iot';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { groupArn, startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const DETAIL_TYPE = 'AWS API Call via CloudTrail';
const calls = () => fleet.events.filter((event) => event['detail-type'] === DETAIL_TYPE);
const uuid: unknown = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

describe('a call that changes something', () => {
  test('is on the bus a minute later, as CloudTrail shows it', async () => {
    fleet = await startFleet(thermostats(1));
    const { greengrass } = fleet;
    const created = await greengrass.send(
      new CreateDeploymentCommand({
        targetArn: groupArn('thermostats'),
        deploymentName: 'again',
        components: { [thermostat]: { componentVersion: '1.0.0' } },
        tags: { team: 'heating' },
      }),
    );
    await fleet.advance(59);
    expect(calls()).toEqual([]);
    await fleet.advance(1);
    expect(calls()).toEqual([
      {
        version: '0',
        id: uuid,
        'detail-type': 'AWS API Call via CloudTrail',
        source: 'aws.greengrass',
        account: '123456789012',
        time: '2026-01-05T08:00:00Z',
        region: 'eu-west-1',
        resources: [],
        detail: {
          eventVersion: '1.11',
          userIdentity: {
            type: 'IAMUser',
            principalId: 'test',
            arn: 'arn:aws:iam::123456789012:user/test',
            accountId: '123456789012',
            accessKeyId: 'test',
            userName: 'test',
          },
          eventTime: '2026-01-05T08:00:00Z',
          eventSource: 'greengrass.amazonaws.com',
          eventName: 'CreateDeployment',
          awsRegion: 'eu-west-1',
          sourceIPAddress: '127.0.0.1',
          userAgent: expect.stringMatching(/^aws-sdk-js\/3/),
          requestParameters: {
            targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats',
            deploymentName: 'again',
            components: { 'com.example.Thermostat': { componentVersion: '1.0.0' } },
            tags: { team: 'heating' },
            clientToken: uuid,
          },
          responseElements: {
            deploymentId: created.deploymentId,
            iotJobId: created.iotJobId,
            iotJobArn: created.iotJobArn,
          },
          requestID: created.$metadata.requestId,
          eventID: uuid,
          readOnly: false,
          eventType: 'AwsApiCall',
          managementEvent: true,
          eventCategory: 'Management',
          recipientAccountId: '123456789012',
        },
      },
    ]);
  });

  test('of a recipe names the component in its answer, the recipe itself is not shown', async () => {
    fleet = await startFleet(thermostats(1));
    await publishComponent(fleet.greengrass, 'com.example.Hello', '1.0.0');
    await fleet.advance(60);
    expect(calls()).toMatchObject([
      {
        detail: {
          eventName: 'CreateComponentVersion',
          responseElements: {
            arn: 'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello:versions:1.0.0',
            componentName: 'com.example.Hello',
            componentVersion: '1.0.0',
            creationTimestamp: 1767600000,
            status: { componentState: 'REQUESTED' },
          },
        },
      },
    ]);
    expect(calls()[0]?.detail['requestParameters']).toEqual({ clientToken: uuid });
  });

  test('has null for an answer without elements, and what is in the path among the parameters', async () => {
    fleet = await startFleet(thermostats(1));
    const coreDeviceThingName = 'thermostats-0001';
    const resourceArn = `arn:aws:greengrass:eu-west-1:123456789012:coreDevices:${coreDeviceThingName}`;
    await fleet.greengrass.send(new TagResourceCommand({ resourceArn, tags: { floor: '2' } }));
    await fleet.greengrass.send(new DeleteCoreDeviceCommand({ coreDeviceThingName }));
    await fleet.advance(60);
    expect(calls()).toMatchObject([
      {
        detail: {
          eventName: 'TagResource',
          requestParameters: { resourceArn, tags: { floor: '2' } },
          responseElements: null,
        },
      },
      {
        detail: {
          eventName: 'DeleteCoreDevice',
          requestParameters: { coreDeviceThingName: 'thermostats-0001' },
          responseElements: null,
        },
      },
    ]);
  });

  test('with parameters above 100 KB is told without them', async () => {
    fleet = await startFleet(thermostats(1));
    const merge = JSON.stringify({ text: 'x'.repeat(100 * 1024) });
    const configurationUpdate = { merge };
    await fleet.greengrass.send(
      new CreateDeploymentCommand({
        targetArn: groupArn('thermostats'),
        components: { [thermostat]: { componentVersion: '1.0.0', configurationUpdate } },
      }),
    );
    await fleet.advance(60);
    expect(calls()).toMatchObject([
      { detail: { requestParameters: null, responseElements: { deploymentId: uuid } } },
    ]);
  });
});

describe('a call that is refused', () => {
  test('is told with its error', async () => {
    fleet = await startFleet(thermostats(1));
    const missing = groupArn('nobody');
    await expect(
      fleet.greengrass.send(new CreateDeploymentCommand({ targetArn: missing })),
    ).rejects.toThrow();
    await expect(
      fleet.greengrass.send(new CreateDeploymentCommand({ targetArn: 'nonsense' })),
    ).rejects.toThrow();
    await fleet.advance(60);
    expect(calls()).toMatchObject([
      {
        detail: {
          eventName: 'CreateDeployment',
          errorCode: 'ResourceNotFoundException',
          errorMessage: "ThingGroup nobody can't be found.",
          requestParameters: { targetArn: missing },
          responseElements: null,
        },
      },
      {
        detail: {
          eventName: 'CreateDeployment',
          errorCode: 'ValidationException',
          requestParameters: null,
          responseElements: null,
        },
      },
    ]);
  });

  test('unsigned, is by nobody that is known', async () => {
    fleet = await startFleet(thermostats(1));
    await fetch(`${fleet.emulator.url}/greengrass/servicerole`, { method: 'DELETE' });
    await fleet.advance(60);
    expect(calls()).toMatchObject([
      {
        detail: {
          eventName: 'DisassociateServiceRoleFromAccount',
          userIdentity: { type: 'Unknown' },
        },
      },
    ]);
  });
});

test('calls that only read, and calls of AWS IoT, are not told', async () => {
  fleet = await startFleet(thermostats(1));
  await fleet.greengrass.send(new ListCoreDevicesCommand());
  await fleet.iot.send(new CreateThingCommand({ thingName: 'stranger' }));
  await fleet.advance(600);
  expect(calls()).toEqual([]);
});

test('they meet the faults of events as well', async () => {
  fleet = await startFleet(thermostats(1, { faults: { events: { duplicate: 1 } } }));
  await publishComponent(fleet.greengrass, 'com.example.Hello', '1.0.0');
  await fleet.advance(60);
  const [first, second, ...others] = calls();
  expect(second).toEqual(first);
  expect(others).toEqual([]);
});
