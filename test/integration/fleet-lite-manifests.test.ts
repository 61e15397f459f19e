import { afterEach, expect, test } from '@jest/globals';
import { publishComponent, type RecipeParts } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const app = 'com.example.App';
const deploySeconds = { median: 60, p99: 60 };

const start = async (group: { runtime?: 'aws_nucleus_lite'; nucleus?: string }) => {
  fleet = await startFleet({
    thingGroups: { gateways: { count: 1, deploySeconds, ...group } },
    artifacts: { 's3://example-bucket/app.zip': 'test/support/fixtures/fleet/thermostat.txt' },
  });
};
const publish = async (version: string, parts: RecipeParts) => {
  await publishComponent(fleet.greengrass, app, version, parts);
  await fleet.advance(10);
};
const deploy = async (version: string) => {
  const { jobId } = await fleet.deploy('gateways', { [app]: version });
  await fleet.advance(120);
  return fleet.counts(jobId);
};

test.each([
  ['2.3.0', 'aws_nucleus_lite', { succeeded: 1 }],
  ['2.3.0', '*', { succeeded: 1 }],
  ['2.3.0', undefined, { failed: 1 }],
  ['2.3.0', 'aws_nucleus_classic', { failed: 1 }],
  ['2.2.2', undefined, { succeeded: 1 }],
])('on Lite %s a manifest for the runtime %s ends as %j', async (nucleus, runtime, counts) => {
  await start({ runtime: 'aws_nucleus_lite', nucleus });
  await publish('1.0.0', runtime === undefined ? {} : { runtime });
  expect(await deploy('1.0.0')).toEqual(counts);
});

test('a manifest for Lite alone is none for the nucleus, one without a runtime is', async () => {
  await start({});
  await publish('1.0.0', { runtime: 'aws_nucleus_lite' });
  await publish('1.1.0', {});
  expect(await deploy('1.0.0')).toEqual({ failed: 1 });
  expect(await deploy('1.1.0')).toEqual({ succeeded: 1 });
});

test.each([
  ['2.2.1', { failed: 1 }],
  ['2.2.2', { succeeded: 1 }],
])(
  'on Lite %s a revision with a running component that stays ends as %j',
  async (nucleus, counts) => {
    await start({ runtime: 'aws_nucleus_lite', nucleus });
    await publish('1.0.0', { runtime: '*', artifact: 's3://example-bucket/app.zip' });
    expect(await deploy('1.0.0')).toEqual({ succeeded: 1 });
    expect(await deploy('1.0.0')).toEqual(counts);
  },
);
