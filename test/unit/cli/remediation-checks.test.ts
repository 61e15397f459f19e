import { describe, expect, test } from '@jest/globals';
import { mostInARow, remediationChecks } from '../../../cli/demo/remediation-checks.js';
import type { Aftermath } from '../../../cli/demo/remediation-checks.js';
import type { DeviceRecord } from '../../../src/domain/remediation/device-record.js';

const HOUR = 3_600_000;
const COMPONENT = 'com.example.Thermostat';
const COMMAND = "echo '{}' | greenwave rollout /dev/stdin";

const record = (thing: string): DeviceRecord => ({
  ...{ thing, state: 'Recovered', cause: 'BrokenComponent', evidence: [], keys: [] },
  ...{ attempts: 1, settled: [], since: 0, history: [], version: 1 },
});

const execution = (thingName: string, hour = 1) => ({
  ...{ thingName, status: 'SUCCEEDED', executionNumber: 1 },
  ...{ queuedAt: hour * HOUR, startedAt: hour * HOUR, lastUpdatedAt: hour * HOUR },
});
type Deployment = Aftermath['deployments'][number];
const deployment = (target: string, things: readonly string[], hour = 1): Deployment => ({
  deploymentId: `${target}-${hour}`,
  targetArn: `arn:aws:iot:eu-west-1:123456789012:${target}`,
  parentTargetArn: undefined,
  versions: {},
  createdAt: hour * HOUR,
  status: 'ACTIVE',
  canceledAt: undefined,
  isThere: !target.startsWith('thing/'),
  executions: things.map((thing) => execution(thing, hour)),
});
const device = (thingName: string, group: string) => ({
  ...{ thingName, isOnline: true, groups: [group] },
  components: {
    [COMPONENT]: { version: '1.0.0', configuration: {}, lifecycleState: 'RUNNING' as const },
  },
});

/** One thermostat that broke and was repaired, a healthy one, and three of four greenhouses that were sick with a release. */
const houses = ['g-1', 'g-2', 'g-3', 'g-4'];
const good: Aftermath = {
  settings: {
    ...{ maxDevices: 20, maxPercent: 10, attempts: 3, backoffSeconds: 3600, systemicPercent: 20 },
    ...{ silentAfterSeconds: 93_600, stuckAfterSeconds: 7200, verifyWithinSeconds: 1800 },
  },
  devices: [
    device('t-1', 'thermostats'),
    device('t-2', 'thermostats'),
    ...houses.map((thing) => device(thing, 'greenhouses')),
  ],
  sick: new Map(['t-1', 'g-1', 'g-2', 'g-3'].map((thing) => [thing, new Set(['broken'] as const)])),
  deployments: [
    deployment('thinggroup/thermostats', ['t-1', 't-2']),
    deployment('thing/t-1', ['t-1'], 5),
  ],
  tagged: [],
  groups: [],
  isRunUnderWay: false,
  records: new Map([['t-1', record('t-1')]]),
  told: [
    `3 of 4 devices of thinggroup/greenhouses are sick with ${COMPONENT} 1.2.0: take the target back with: ${COMMAND}`,
  ],
  systemic: { group: 'greenhouses', component: COMPONENT, former: '1.0.0', version: '1.2.0' },
};
const failing = (more: Partial<Aftermath>) =>
  remediationChecks({ ...good, ...more }).flatMap(({ what, isTrue }) => (isTrue ? [] : [what]));

describe('the checks of the week', () => {
  test('all hold where all is as it has to be', () => {
    expect(failing({})).toEqual([]);
    expect(remediationChecks(good)).toHaveLength(12);
  });

  const [healthy] = [remediationChecks(good)[0]?.what ?? ''];
  test.each<[string, Partial<Aftermath>]>([
    ['a repair', { deployments: [...good.deployments, deployment('thing/t-2', ['t-2'], 5)] }],
    [
      'a subdeployment',
      { deployments: [...good.deployments, deployment('thinggroup/gw-remedy-1', ['t-2'], 5)] },
    ],
    [
      'a cancelled job',
      {
        deployments: [
          {
            ...deployment('thinggroup/thermostats', []),
            executions: [{ ...execution('t-2'), status: 'CANCELED' }],
          },
        ],
      },
    ],
    ['a tag', { tagged: ['t-2'] }],
  ])('see %s of a healthy device', (_, more) => {
    expect(failing(more)).toContain(healthy);
  });

  test('see a fourth repair, a sick device that nobody saw to, and one that is called well', () => {
    const four = [2, 3, 4, 5].map((hour) => deployment('thing/t-1', ['t-1'], hour));
    expect(failing({ deployments: four })).toEqual([
      'no device got more than 3 repairs for one sickness: 4 at most',
    ]);
    expect(failing({ records: new Map() })).toContain(
      'each of 1 device that fell sick by itself was seen to, and nobody else',
    );
    expect(failing({ devices: good.devices.slice(1) })).toEqual([
      'all 1 that are called recovered are well, and without a tag',
    ]);
  });

  test('see a greenhouse that was touched, a message without its counts, and one that is not back', () => {
    const touched = [...good.deployments, deployment('thing/g-1', ['g-1'], 5)];
    expect(failing({ deployments: touched })).toEqual([
      '3 of 4 greenhouses were sick with one release: none of them was touched by itself',
    ]);
    const about = 'people were told so once, with version, counts and a command';
    expect(failing({ told: [] })).toEqual([about]);
    expect(failing({ told: [...good.told, ...good.told] })).toEqual([about]);
    expect(failing({ told: good.told.map((one) => one.replace('3 of 4', '2 of 4')) })).toEqual([
      about,
    ]);
    const systemic = { ...good.systemic, former: '0.9.0' };
    expect(failing({ systemic })).toEqual(['that command took all greenhouses back to 0.9.0']);
  });

  test('see what is left behind', () => {
    expect(failing({ groups: ['gw-remedy-1'] })).toEqual([
      'no group of a repair or a rollout is left',
    ]);
    const probe = { ...deployment('thing/t-1', ['t-1'], 5), isThere: true };
    expect(failing({ deployments: [probe] })).toEqual(['no deployment of one is left']);
    expect(failing({ isRunUnderWay: true })).toEqual(['no run is under way']);
    expect(failing({ tagged: ['t-1'] })).toContain(
      'tagged are those in quarantine and nobody else: 0 devices',
    );
  });

  test('count repairs in a row: a day without one begins anew', () => {
    expect(mostInARow([0, 1, 2, 26, 27].map((hour) => hour * HOUR))).toBe(3);
    expect(mostInARow([])).toBe(0);
  });
});
