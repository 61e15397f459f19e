import { describe, expect, test } from '@jest/globals';
import { loadFleetFile, parseFleet } from '../../../emulator/load-fleet-file.js';

const problems = (fleet: unknown): string[] => {
  try {
    parseFleet(fleet, 'fleet.yaml');
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
};
const group = (fields: Record<string, unknown>) => ({ thingGroups: { thermostats: fields } });
const rule = (fields: Record<string, unknown>) => ({
  ...group({ count: 1 }),
  behaviours: [{ component: 'A', version: '1.0.0', outcome: 'FAILED', ...fields }],
});
const state = (...entries: Record<string, unknown>[]) => ({
  componentStates: entries.map((fields) => ({ component: 'A', version: '1.0.0', ...fields })),
});
const entry = (fields: Record<string, unknown>) => ({
  ...group({ count: 1 }),
  timeline: [{ at: '2h', group: 'thermostats', does: 'offline', ...fields }],
});

describe('a problem names file, field, value and what would be right', () => {
  test.each([
    [
      group({ count: 1, online: 1.2 }),
      'fleet.yaml: thingGroups.thermostats.online: 1.2 is not right; write a share from 0 to 1',
    ],
    [
      group({ count: 1.5 }),
      'fleet.yaml: thingGroups.thermostats.count: 1.5 is not right; write a number of devices, whole and from 0 to 1000000',
    ],
    [
      group({ count: 1, nucleus: '2.15' }),
      'fleet.yaml: thingGroups.thermostats.nucleus: "2.15" is not right; write a version such as 2.15.0',
    ],
    [
      group({ count: 1, platforms: { linux: 1 } }),
      'fleet.yaml: thingGroups.thermostats.platforms: the key "linux" is not right; write a platform such as linux/aarch64',
    ],
    [
      group({ count: 1, platformOverride: { os: 'beos' } }),
      'fleet.yaml: thingGroups.thermostats.platformOverride: the key "os" is not right; write an attribute that `platforms` and `runtime` do not give',
    ],
    [
      group({ count: 1, deploySeconds: { median: 40, p99: 30 } }),
      'fleet.yaml: thingGroups.thermostats.deploySeconds: {"median":40,"p99":30} is not right; write a p99 that is not below the median',
    ],
    [
      group({ count: 1, deployed: { A: {} } }),
      'fleet.yaml: thingGroups.thermostats.deployed.A.componentVersion: is missing; write a version such as 1.0.0',
    ],
    [
      { account: 123456789012 },
      'fleet.yaml: account: 123456789012 is not right; write twelve digits in quotes',
    ],
    [
      rule({ outcome: 'CRASHED' }),
      'fleet.yaml: behaviours[0].outcome: "CRASHED" is not right; write one of FAILED, REJECTED, SILENT, BROKEN, ERRORED, OFFLINE, DEFERS, NO_ANSWER, INVALID_CONFIGURATION',
    ],
    [
      state({ state: 'DEPLOYABLE' }),
      'fleet.yaml: componentStates[0].state: "DEPLOYABLE" is not right; write one of FAILED, DEPRECATED',
    ],
    [
      { faults: { operations: { CreateDeployment: { reset: 1 } } } },
      'fleet.yaml: faults.operations: the key "CreateDeployment" is not right; write an operation such as Greengrass.CreateDeployment',
    ],
    [
      { faults: { slow: { share: 0.5 } } },
      'fleet.yaml: faults.slow.seconds: is missing; write a number of seconds above 0',
    ],
    [
      entry({ at: 'soon' }),
      'fleet.yaml: timeline[0].at: "soon" is not right; write a time since the start such as 90s, 30m, 2h or 7d',
    ],
  ])('%j', (fleet, problem) => {
    expect(problems(fleet)).toEqual([problem]);
  });

  test('an unknown key comes with the known ones', () => {
    expect(problems(group({ count: 1, onlin: 1 }))).toEqual([
      'fleet.yaml: thingGroups.thermostats.onlin: is not a field; known here: parent, query, count, members, runtime, platforms, platformOverride, nucleus, online, offline, deploySeconds, deployed, clientDevices, attributes, mayListThingGroups',
    ]);
  });

  test('all problems are told at once', () => {
    expect(problems({ region: 'Ireland', seed: -1 })).toHaveLength(2);
  });
});

describe('fields that contradict each other or would have no effect', () => {
  test.each([
    [
      group({}),
      'thermostats: has neither count nor members, a query or a group below it; write one of them',
    ],
    [
      group({ count: 1, members: [] }),
      'thermostats: has both count and members; write one of them',
    ],
    [
      { thingGroups: { a: { count: 1 }, b: { members: ['a-0001'], online: 0.5 } } },
      'thingGroups.b.online: has no effect: every member is a device of another group; write it there',
    ],
    [
      rule({ afterSeconds: 5 }),
      'behaviours[0].afterSeconds: has no effect with outcome FAILED; write it with BROKEN, ERRORED or OFFLINE',
    ],
    [
      rule({ outcome: 'SILENT', errorStack: ['DEPLOYMENT_FAILURE'] }),
      'behaviours[0].errorStack: has no effect with outcome SILENT; write it with FAILED or REJECTED',
    ],
    [
      rule({ errorStack: ['DEPLOYMENT_FAILURE', 'DISK_FULL'] }),
      'behaviours[0].errorStack[1]: "DISK_FULL" is not right; write a code of the nucleus such as DISK_SPACE_CRITICAL',
    ],
    [
      rule({ errorStack: ['NETWORK_ERROR'] }),
      'behaviours[0].errorStack: ["NETWORK_ERROR"] is not right; with outcome FAILED write DEPLOYMENT_FAILURE first',
    ],
    [
      rule({ outcome: 'REJECTED', errorStack: ['DEPLOYMENT_FAILURE', 'ACCESS_DENIED'] }),
      'behaviours[0].errorStack: ["DEPLOYMENT_FAILURE","ACCESS_DENIED"] is not right; with outcome REJECTED write DEPLOYMENT_REJECTED first',
    ],
    [
      rule({ errorTypes: ['DISK_ERROR'] }),
      'behaviours[0].errorTypes[0]: "DISK_ERROR" is not right; write one of PERMISSION_ERROR, REQUEST_ERROR, COMPONENT_RECIPE_ERROR, AWS_COMPONENT_ERROR, USER_COMPONENT_ERROR, COMPONENT_ERROR, DEVICE_ERROR, DEPENDENCY_ERROR, HTTP_ERROR, NETWORK_ERROR, NUCLEUS_ERROR, SERVER_ERROR, CLOUD_SERVICE_ERROR, UNKNOWN_ERROR',
    ],
    [
      rule({ outcome: 'BROKEN', detailedStatus: 'FAILED_NO_STATE_CHANGE' }),
      'behaviours[0].detailedStatus: has no effect with outcome BROKEN; write it with FAILED',
    ],
    [
      rule({ platform: 'linux/arm64' }),
      'behaviours[0].platform: "linux/arm64" is no platform of this fleet; write one of linux/aarch64',
    ],
    [
      entry({ group: 'boilers' }),
      'timeline[0].group: "boilers" is no group of this fleet; write one of thermostats',
    ],
    [
      entry({ does: 'break' }),
      'timeline[0].component: is missing; write the component that breaks',
    ],
    [
      entry({ component: 'A' }),
      'timeline[0].component: has no effect with does: offline; write it with break',
    ],
    [state({}), 'componentStates[0]: changes nothing; write a state or a vendorGuidance'],
    [
      state({ state: 'DEPRECATED', errors: { a: 'b' } }),
      'componentStates[0].errors: has no effect but with state FAILED',
    ],
    [
      state({ vendorGuidance: 'DELETED', message: 'gone' }),
      'componentStates[0].message: has no effect without a state',
    ],
    [
      state({ state: 'FAILED', vendorGuidanceMessage: 'old' }),
      'componentStates[0].vendorGuidanceMessage: has no effect without a vendorGuidance',
    ],
    [
      state({ state: 'FAILED' }, { vendorGuidance: 'DELETED' }),
      'componentStates[1]: is of the same version as componentStates[0]; write one',
    ],
    [entry({ does: 'join' }), 'timeline[0]: joins; write the group and the things that join it'],
    [
      entry({ group: undefined, things: ['t'], does: 'leave' }),
      'timeline[0]: leaves; write the group that is left',
    ],
    [entry({ group: undefined }), 'timeline[0]: concerns nobody; write a group or things'],
  ])('%j', (fleet, problem) => {
    expect(problems(fleet)).toEqual([expect.stringContaining(problem)]);
  });
});

test('the shipped example is a fleet with its recipes', async () => {
  const { spec, recipes } = await loadFleetFile('examples/fleet.yaml');
  expect(spec.thingGroups['thermostats']?.count).toBe(200);
  expect(recipes.map(({ name }) => name)).toEqual([
    '"recipes/thermostat-1.0.0.yaml"',
    '"recipes/thermostat-1.1.0.yaml"',
    '"recipes/thermostat-1.2.0.yaml"',
  ]);
});

test('a file that is not there is named', async () => {
  await expect(loadFleetFile('examples/no-such-fleet.yaml')).rejects.toThrow(
    'examples/no-such-fleet.yaml: there is no such file',
  );
});

test('a file that is not YAML is told by line and column', async () => {
  await expect(loadFleetFile('test/support/fixtures/not-yaml.txt')).rejects.toThrow(
    /^test\/support\/fixtures\/not-yaml.txt: line 2, column 1: Flow sequence .*$/,
  );
});

test('times are seconds or carry their unit', () => {
  const ats = [90, '90s', '30m', '2h', '1.5d'].map(
    (at) => parseFleet(entry({ at }), 'fleet.yaml').timeline[0]?.at,
  );
  expect(ats).toEqual([90, 90, 1800, 7200, 129_600]);
});
