import { CancelDeploymentCommand } from '@aws-sdk/client-greengrassv2';
import { expect, test } from '@jest/globals';
import { deployedVersion } from '../../src/aws/deployed-version.js';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import { closing } from '../support/closing.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { groupArn, startFleet } from '../support/start-fleet.js';

test('a target has what its latest revision says, unless that was canceled', async () => {
  const fleet = await startFleet(thermostats(2));
  closing(fleet);
  const greengrass = connectGreengrass(fleet.greengrass);
  const has = (component: string) =>
    deployedVersion(greengrass, { targetArn: groupArn('thermostats'), component });
  expect([await has(thermostat), await has('com.example.Other')]).toEqual(['1.0.0', undefined]);
  const { deploymentId } = await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
  expect(await has(thermostat)).toBe('1.1.0');
  await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  expect(await has(thermostat)).toBeUndefined();
});
