import { expect, test } from '@jest/globals';
import { refuseDeployment } from '../../../emulator/fleet/deployment-refusals.js';
import { profileOf } from '../../../emulator/fleet/profile.js';
import { parseFleet } from '../../../emulator/load-fleet-file.js';

const slot = (name: string, createdAt: number) => ({
  ...{ name, createdAt, deploymentId: `at ${createdAt}`, roots: {} },
});
const spec = parseFleet({}, 'fleet.yaml');
const has = slot('thinggroup/fleet', 1000);
const device = {
  profile: profileOf('fleet', spec),
  software: { nucleusVersion: '2.15.0', components: [], slots: [has, slot('thing/a', 1000)] },
};
const refuse = (jobId: string | undefined, name: string, createdAt: number) =>
  refuseDeployment(
    device,
    { jobId, deploymentId: 'incoming', requiredCapabilities: [] },
    slot(name, createdAt),
  )?.errorStack;

test('only a group deployment can be older than what its slot has', () => {
  const stale = ['DEPLOYMENT_REJECTED', 'REJECTED_STALE_DEPLOYMENT'];
  expect(refuse('job', 'thinggroup/fleet', 999)).toEqual(stale);
  expect(refuse('job', 'thinggroup/fleet', 1000)).toBeUndefined();
  expect(refuse('job', 'thinggroup/other', 999)).toBeUndefined();
  expect(refuse(undefined, 'thing/a', 999)).toBeUndefined();
});
