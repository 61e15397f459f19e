import { expect, test } from '@jest/globals';
import { configured, type Stack } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import {
  deployTo,
  HOUR,
  nothingRemains,
  recordsOf,
  remains,
  runsOf,
  truthOf,
  groupArn,
} from '../support/remediation.js';
import { startStack } from '../support/stack.js';

/** One device breaks, one times out at a deployment because it was away, one is refused what it is given. */
const fleet = configured(40, {
  group: { deploySeconds: { median: 10, p99: 20 } },
  behaviours: [
    {
      component: thermostat,
      version: '1.1.0',
      platform: 'linux/denied',
      outcome: 'FAILED',
      detailedStatus: 'FAILED_NO_STATE_CHANGE',
    },
  ],
});
const withOdd = {
  ...fleet,
  thingGroups: {
    odd: {
      count: 1,
      nucleus: '2.15.0',
      platforms: { 'linux/denied': 1 },
      deployed: { [thermostat]: { componentVersion: '1.0.0' } },
    },
    late: { members: ['thermostats-0002'] },
    ...fleet.thingGroups,
  },
};

async function play(stack: Stack) {
  const { clock, emulator } = stack.cloud;
  const inTime = { inProgressTimeoutInMinutes: 1 };
  await deployTo(stack, groupArn('odd'), { [thermostat]: '1.1.0' });
  await deployTo(stack, groupArn('late'), {}, inTime);
  emulator.inject.stick('thermostats-0002');
  await clock.advance(120);
  emulator.inject.offline('thermostats-0002');
  emulator.inject.online('thermostats-0002');
  emulator.inject.breakComponent('thermostats-0001', thermostat);
  await clock.advance(1.5 * HOUR);
  await clock.idle();
}

const STEPS = [
  'StartRun',
  'ScanFleet',
  'DiagnoseDevice',
  'RepairDevice',
  'VerifyDevice',
  'RecordDevice',
  'ReportRun',
  'EndRun',
];

test.each([1, 2])(
  'every step, killed %d times in a row whenever it runs, leaves every device as if it had not been',
  async (timesInARow) => {
    const killed = new Set<string>();
    const stack = await startStack(withOdd, 'max', {
      isRemediated: true,
      killAfterEffect(name, invocation) {
        const step = name.slice('greenwave-dev-'.length);
        const isKilled = STEPS.includes(step) && invocation % (timesInARow + 1) !== 0;
        if (isKilled) killed.add(step);
        return isKilled;
      },
    });
    await play(stack);
    expect([...killed].sort()).toEqual([...STEPS].sort());
    const records = await recordsOf(stack).devices();
    const come = [...records.values()].map(({ thing, state, cause, attempts, history }) =>
      [thing, state, cause, attempts, history.length].join(' '),
    );
    expect(come.sort()).toEqual([
      'odd-0001 Escalated PermissionDenied 0 1',
      'thermostats-0001 Recovered BrokenComponent 1 2',
      'thermostats-0002 Recovered TimedOut 1 2',
    ]);
    expect(truthOf(stack, 'thermostats-0001')).toBe('1.0.0 RUNNING');
    expect(await remains(stack)).toEqual(nothingRemains);
    const repairs = stack.cloud.emulator.inspect
      .deployments()
      .filter(({ targetArn }) => /:thing\/|gw-remedy-/.test(targetArn))
      .flatMap(({ executions }) => executions)
      .map(({ thingName, executionNumber }) => `${thingName} ${executionNumber}`);
    expect(repairs.sort()).toEqual(['thermostats-0001 1', 'thermostats-0002 1']);
    expect(Object.keys(await runsOf(stack))).toEqual(['SUCCEEDED']);
  },
);
