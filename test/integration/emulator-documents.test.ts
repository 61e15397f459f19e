import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  GetDeploymentCommand,
  type ComponentConfigurationUpdate,
  type IoTJobRateIncreaseCriteria,
} from '@aws-sdk/client-greengrassv2';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

const HELLO = 'com.example.Hello';
const targetArn = groupArn('fleet');

const deploy = (configurationUpdate: ComponentConfigurationUpdate, cloud = aws) =>
  cloud.greengrass.send(
    new CreateDeploymentCommand({
      targetArn,
      components: { [HELLO]: { componentVersion: '1.0.0', configurationUpdate } },
    }),
  );

const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

test.each<[string, string, ComponentConfigurationUpdate]>([
  ['half an object', 'merge', { merge: '{' }],
  ['a list', 'merge', { merge: '[]' }],
  ['null', 'merge', { merge: 'null' }],
  ['an object with something behind it', 'merge', { merge: '{} {}' }],
  ['an object that nests too deeply', 'merge', { merge: nested(1001) }],
  ['a path without its slash', 'reset', { reset: ['/a', 'a/b'] }],
  ['a tilde that escapes nothing', 'reset', { reset: ['/a~2b'] }],
])('%s is no %s', async (_, member, update) => {
  await expect(deploy(update)).rejects.toMatchObject({
    ...{ name: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' },
    fields: [{ name: `components.${HELLO}.member.configurationUpdate.${member}` }],
  });
  expect(aws.cloud.deployments.size).toBe(0);
});

test('a merge and its pointers come back as they were written', async () => {
  const update = { merge: ` ${nested(1000)}\n`, reset: ['', '/', '/a~0b~1c/0', '/a b'] };
  const { deploymentId } = await deploy(update);
  const { components } = await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }));
  expect(components?.[HELLO]?.configurationUpdate).toEqual(update);
});

test('what can not be the name of a component is not deployed', async () => {
  for (const name of ['com example', 'a'.repeat(129), '../etc'])
    await expect(
      aws.greengrass.send(
        new CreateDeploymentCommand({
          targetArn,
          components: { [name]: { componentVersion: '1' } },
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException', fields: [{ name: 'components' }] });
});

const megabytes = (count: number) => `{"a":"${'x'.repeat(count * 1024 * 1024)}"}`;
const merging = (count: number) => ({ merge: megabytes(count) });

test('components of more than 10 MB are refused', async () => {
  await deploy(merging(9));
  const half = { componentVersion: '1.0.0', configurationUpdate: merging(5) };
  await expect(
    aws.greengrass.send(
      new CreateDeploymentCommand({ targetArn, components: { [HELLO]: half, other: half } }),
    ),
  ).rejects.toMatchObject({ name: 'ValidationException', fields: [{ name: 'components' }] });
});

test('components of more than 6 MB are refused where that is the limit', async () => {
  const other = await startEmulatedCloud({ limitsDocumentsTo6MB: true });
  other.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
  await deploy(merging(5), other);
  await expect(deploy(merging(6), other)).rejects.toMatchObject({
    ...{ name: 'ValidationException', fields: [{ name: 'components' }] },
  });
  await other.close();
});

test.each<[string, IoTJobRateIncreaseCriteria, boolean]>([
  ['things that were notified', { numberOfNotifiedThings: 1 }, true],
  ['things that succeeded', { numberOfSucceededThings: 1 }, true],
  ['both', { numberOfNotifiedThings: 1, numberOfSucceededThings: 1 }, false],
  ['neither', {}, false],
])('a rate may rise by %s', async (_, rateIncreaseCriteria, isGood) => {
  const exponentialRate = { baseRatePerMinute: 1, incrementFactor: 2, rateIncreaseCriteria };
  const iotJobConfiguration = { jobExecutionsRolloutConfig: { exponentialRate } };
  const created = aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn, iotJobConfiguration }),
  );
  if (isGood) {
    const { deploymentId } = await created;
    const found = await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }));
    expect(found.iotJobConfiguration).toEqual(iotJobConfiguration);
  } else {
    const name =
      'iotJobConfiguration.jobExecutionsRolloutConfig.exponentialRate.rateIncreaseCriteria';
    await expect(created).rejects.toMatchObject({ fields: [{ name }] });
  }
});
