import { afterEach, describe, expect, test } from '@jest/globals';
import { GetCoreDeviceCommand } from '@aws-sdk/client-greengrassv2';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const device = 'thermostats-0001';
const deploySeconds = { median: 60, p99: 60 };

type Rule = NonNullable<FleetFile['behaviours']>[number];
const start = async (rule: Omit<Rule, 'component' | 'version'>, nucleus = '2.15.0') => {
  fleet = await startFleet(
    thermostats(1, {
      group: { count: 1, nucleus, deploySeconds },
      behaviours: [{ component: thermostat, version: '1.1.0', ...rule }],
    }),
  );
  await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
};

/** What the cloud knows: the device's status and the thermostat's state. */
const known = async () => {
  const { status } = await fleet.greengrass.send(
    new GetCoreDeviceCommand({ coreDeviceThingName: device }),
  );
  const installed = await fleet.installed(device);
  const component = installed.find(({ componentName }) => componentName === thermostat);
  return [status, component?.lifecycleState];
};
const componentStates = () =>
  fleet.events
    .filter((event) => event['detail-type'] === 'Greengrass V2 Installed Component Status Change')
    .flatMap(({ detail }) => detail['components'] as { lifecycleState: string }[])
    .map(({ lifecycleState }) => lifecycleState)
    .filter((state) => state === 'ERRORED' || state === 'BROKEN');
/** Until the deployment has succeeded: the poll delay is below 15 s, the rest is a minute. */
const succeed = () => fleet.advance(76);

describe('a component that errs', () => {
  test('is ERRORED on a HEALTHY device, and runs again', async () => {
    await start({ outcome: 'ERRORED', afterSeconds: 600 });
    await fleet.advance(660);
    const seen = new Set<string>();
    for (let second = 0; second < 30; second += 1) {
      await fleet.advance(1);
      seen.add((await known()).join());
    }
    expect([...seen]).toEqual(['HEALTHY,RUNNING', 'HEALTHY,ERRORED']);
    expect(await known()).toEqual(['HEALTHY', 'RUNNING']);
    expect(componentStates()).toEqual(['ERRORED']);
  });

  test('three times in a row is BROKEN, and its device UNHEALTHY', async () => {
    await start({ outcome: 'ERRORED', afterSeconds: 600, errors: 5, everySeconds: 1200 });
    await fleet.advance(86_000);
    expect(componentStates()).toEqual(['ERRORED', 'ERRORED', 'BROKEN']);
    expect(await known()).toEqual(['UNHEALTHY', 'BROKEN']);
  });

  test('an hour after its last error has a clean record, and never breaks', async () => {
    await start({ outcome: 'ERRORED', afterSeconds: 600, errors: 5, everySeconds: 3600 });
    await fleet.advance(86_000);
    expect(componentStates()).toEqual(['ERRORED', 'ERRORED', 'ERRORED', 'ERRORED', 'ERRORED']);
    expect(await known()).toEqual(['HEALTHY', 'RUNNING']);
  });

  test('is told ERRORED until the regular report by a nucleus before 2.12.3', async () => {
    await start({ outcome: 'ERRORED', afterSeconds: 600 }, '2.12.2');
    await fleet.advance(76 + 620);
    expect(await known()).toEqual(['HEALTHY', 'ERRORED']);
    await fleet.advance(86_400);
    expect(await known()).toEqual(['HEALTHY', 'RUNNING']);
  });

  test('in a deployment is told too, before the device goes back', async () => {
    await start({ outcome: 'FAILED' });
    await succeed();
    expect(componentStates()).toEqual(['ERRORED', 'ERRORED']);
    expect(await known()).toEqual(['HEALTHY', 'RUNNING']);
    expect(fleet.versions()).toEqual({ '1.0.0': 1 });
  });
});

describe('a deployment that leaves a component as it is', () => {
  const other = 'com.example.Other';
  const state = (thing = device) => fleet.device(thing).components[thermostat]?.lifecycleState;

  test('leaves it BROKEN where it breaks in between', async () => {
    await start({ outcome: 'FAILED' });
    await succeed();
    await publishComponent(fleet.greengrass, other, '1.0.0');
    await fleet.advance(10);
    const { deploymentId } = await fleet.deploy(device, { [other]: '1.0.0' });
    await fleet.advance(30);
    fleet.breakComponent(device, thermostat);
    await fleet.advance(60);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('COMPLETED');
    expect(state()).toBe('BROKEN');
    expect(await known()).toEqual(['UNHEALTHY', 'BROKEN']);
  });

  test('leaves it RUNNING where it was ERRORED at the beginning', async () => {
    const outcome = 'ERRORED' as const;
    fleet = await startFleet(
      thermostats(60, {
        group: { deploySeconds },
        behaviours: [{ component: thermostat, version: '1.1.0', outcome, afterSeconds: 600 }],
      }),
    );
    await publishComponent(fleet.greengrass, other, '1.0.0');
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(660);
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0', [other]: '1.0.0' });
    await fleet.advance(120);
    expect(componentStates()).toHaveLength(60);
    expect(new Set(fleet.emulator.inspect.devices().map(state))).toEqual(new Set(['RUNNING']));
  });
});

describe('codes and details', () => {
  const broken = async (nucleus: string) => {
    await start({ outcome: 'BROKEN' }, nucleus);
    await fleet.advance(200);
    return (await fleet.installed(device))[1];
  };

  test('come with BROKEN', async () => {
    expect(await broken('2.8.0')).toMatchObject({
      lifecycleState: 'BROKEN',
      lifecycleStatusCodes: ['RUN_ERROR'],
      lifecycleStateDetails:
        'An error occurred while running the component. The run script exited with code 1.',
    });
  });

  test('don’t come from a nucleus before 2.8', async () => {
    const component = await broken('2.7.0');
    expect(component).toMatchObject({ lifecycleState: 'BROKEN', lifecycleStatusCodes: [] });
    expect(component?.lifecycleStateDetails).toBeUndefined();
  });

  test('of a failed deployment don’t come from a nucleus before 2.8 either', async () => {
    await start({ outcome: 'FAILED' }, '2.7.0');
    await succeed();
    const { deploymentId = '' } = fleet.emulator.inspect.deployments().at(-1) ?? {};
    expect(await fleet.execution(device, deploymentId)).toEqual({
      status: 'FAILED',
      reason: `FAILED_ROLLBACK_COMPLETE: Service ${thermostat} in broken state after deployment`,
    });
  });
});
