import { afterEach, describe, expect, test } from '@jest/globals';
import { CancelDeploymentCommand, GetDeploymentCommand } from '@aws-sdk/client-greengrassv2';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const device = 'thermostats-0001';
const update = async () =>
  (await fleet.deploy('thermostats', { [thermostat]: '1.1.0' })).deploymentId;
const status = async (deploymentId: string) =>
  (await fleet.execution(device, deploymentId))?.status;

describe('cancelling', () => {
  const merging = { deploySeconds: { median: 600, p99: 600 } };
  const startSlow = async () => {
    fleet = await startFleet(thermostats(1, { group: { count: 1, ...merging } }));
  };

  test('while a device prepares leaves it as it was', async () => {
    await startSlow();
    const deploymentId = await update();
    await fleet.advance(290);
    await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
    await fleet.advance(3600);
    expect(fleet.versions()).toEqual({ '1.0.0': 1 });
  });

  test('while a device merges comes too late, and the cloud never learns how it ended', async () => {
    await startSlow();
    const deploymentId = await update();
    await fleet.advance(320);
    await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
    await fleet.advance(3600);
    expect(fleet.versions()).toEqual({ '1.1.0': 1 });
    expect(await status(deploymentId)).toBe('IN_PROGRESS');
  });

  describe('of a thing', () => {
    const startThing = async () => {
      fleet = await startFleet({
        ...thermostats(0),
        thingGroups: { thermostats: { count: 1, ...merging } },
      });
    };
    const deploy = async (version: string) =>
      (await fleet.deploy(device, { [thermostat]: version })).deploymentId;
    const deploymentStatus = async (deploymentId: string) =>
      (await fleet.greengrass.send(new GetDeploymentCommand({ deploymentId }))).deploymentStatus;

    test('is told to the shadow by a device that gives it up', async () => {
      await startThing();
      const deploymentId = await deploy('1.1.0');
      await fleet.advance(100);
      await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
      expect(await status(deploymentId)).toBe('CANCELED');
      expect(await deploymentStatus(deploymentId)).toBe('CANCELED');
      await fleet.advance(3600);
      expect(fleet.versions()).toEqual({ none: 1 });
    });

    test('comes too late for a device that merges, and the shadow is told how it ended', async () => {
      await startThing();
      const deploymentId = await deploy('1.1.0');
      await fleet.advance(320);
      await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
      expect(await status(deploymentId)).toBe('IN_PROGRESS');
      await fleet.advance(3600);
      expect(await status(deploymentId)).toBe('COMPLETED');
      expect(await deploymentStatus(deploymentId)).toBe('CANCELED');
      expect(fleet.versions()).toEqual({ '1.1.0': 1 });
    });

    test('happens by itself when the next revision comes', async () => {
      await startThing();
      const first = await deploy('1.1.0');
      await fleet.advance(100);
      const second = await deploy('1.0.0');
      expect(await status(first)).toBe('CANCELED');
      expect(await deploymentStatus(first)).toBe('INACTIVE');
      await fleet.advance(3600);
      expect(await status(second)).toBe('COMPLETED');
      expect(fleet.versions()).toEqual({ '1.0.0': 1 });
    });
  });
});
