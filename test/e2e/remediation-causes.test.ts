import { expect, test } from '@jest/globals';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat } from '../support/fleets.js';
import {
  deployTo,
  groupArn,
  HOUR,
  nothingRemains,
  recordsOf,
  remains,
  truthOf,
} from '../support/remediation.js';
import { startStack } from '../support/stack.js';

const other = 'com.example.Other';

/** One device each, by what goes wrong there with version 1.1.0; told apart by its platform. */
const ODD = {
  breaks: { outcome: 'BROKEN', afterSeconds: 90 },
  denied: { outcome: 'FAILED', detailedStatus: 'FAILED_NO_STATE_CHANGE' },
  flaky: {
    outcome: 'FAILED',
    detailedStatus: 'FAILED_NO_STATE_CHANGE',
    errorStack: ['DEPLOYMENT_FAILURE', 'ARTIFACT_DOWNLOAD_ERROR', 'NETWORK_ERROR'],
    errorTypes: ['NETWORK_ERROR'],
  },
  silent: { outcome: 'SILENT' },
  halfway: { outcome: 'FAILED', detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' },
  rejects: { outcome: 'REJECTED' },
} as const satisfies Record<string, Partial<NonNullable<FleetFile['behaviours']>[number]>>;
const PLAIN = ['once', 'hung', 'away', 'late', 'lite', 'own'] as const;

const fleet = (): FleetFile => {
  const odd = [...Object.keys(ODD), ...PLAIN];
  const quick = { nucleus: '2.15.0', deploySeconds: { median: 10, p99: 20 } };
  const members = Array.from({ length: 60 }, (_, i) => `plain-${String(i + 1).padStart(4, '0')}`);
  return {
    seed: 7,
    components: [
      'examples/recipes/thermostat-1.0.0.yaml',
      'examples/recipes/thermostat-1.1.0.yaml',
      'test/support/fixtures/other-1.0.0.yaml',
    ],
    thingGroups: {
      plain: { count: 60, ...quick },
      ...Object.fromEntries(
        odd.map((name) => [
          name,
          {
            ...quick,
            count: 1,
            platforms: { [`linux/${name}`]: 1 },
            ...(name === 'lite' && { runtime: 'aws_nucleus_lite' as const, nucleus: '2.2.2' }),
          },
        ]),
      ),
      thermostats: {
        members: [...members, ...odd.map((name) => `${name}-0001`)],
        deployed: { [thermostat]: { componentVersion: '1.0.0' } },
      },
      others: { members: ['silent-0001'] },
      waiting: { members: ['late-0001'] },
    },
    behaviours: Object.entries(ODD).map(([name, behaviour]) => ({
      component: thermostat,
      version: '1.1.0',
      platform: `linux/${name}`,
      ...behaviour,
    })),
  };
};

test('each cause ends as it has to: repaired and proven, or with a person; nobody else is touched', async () => {
  const stack = await startStack(fleet(), 'max', { isRemediated: true });
  const { inject, inspect } = stack.cloud.emulator;
  const { clock } = stack.cloud;
  inject.stick('hung-0001');
  const thing = (name: string) => `arn:aws:iot:eu-west-1:123456789012:thing/${name}`;
  await deployTo(stack, groupArn('thermostats'), { [thermostat]: '1.1.0' });
  inject.offline('away-0001');
  await deployTo(stack, groupArn('others'), { [other]: '1.0.0' });
  await deployTo(stack, thing('own-0001'), { [other]: '1.0.0' });
  await clock.advance(5 * 60);
  const inTime = { inProgressTimeoutInMinutes: 10 };
  await deployTo(stack, groupArn('waiting'), { [other]: '1.0.0' }, inTime);
  await clock.advance(16);
  inject.offline('late-0001');
  await clock.advance(5 * 60);
  inject.breakComponent('once-0001', thermostat);
  inject.breakComponent('lite-0001', thermostat);
  inject.breakComponent('own-0001', other);
  await clock.advance(1 * HOUR);
  inject.online('late-0001');
  await clock.advance(34 * HOUR);

  const records = await recordsOf(stack).devices();
  const come = Object.fromEntries(
    [...records.values()].map(({ thing: name, state, cause, remedy, attempts }) => [
      name.replace('-0001', ''),
      [state, cause, remedy, attempts].join(' ').trim(),
    ]),
  );
  expect(come).toEqual({
    once: 'Recovered BrokenComponent redeliver 1',
    own: 'Recovered BrokenComponent redeliver 1',
    late: 'Recovered TimedOut retry 1',
    breaks: 'Recovered BrokenComponent takeBack 3',
    halfway: 'Recovered BrokenComponent redeliver 1',
    lite: 'Escalated BrokenComponent  0',
    denied: 'Escalated PermissionDenied  0',
    rejects: 'Escalated Rejected  0',
    flaky: 'Quarantined TransientFault retry 3',
    silent: 'Quarantined MissedDeployment retry 3',
    hung: 'Escalated HungNucleus cancelExecution 1',
    away: 'Escalated Silent  0',
  });
  expect(truthOf(stack, 'once-0001')).toBe('1.1.0 RUNNING');
  expect(truthOf(stack, 'breaks-0001')).toBe('1.0.0 RUNNING');
  expect(truthOf(stack, 'halfway-0001')).toBe('1.0.0 RUNNING');
  expect(truthOf(stack, 'silent-0001')).toBe('1.0.0 RUNNING');
  expect(truthOf(stack, 'silent-0001', other)).toBe('1.0.0 RUNNING');
  expect(truthOf(stack, 'own-0001', other)).toBe('1.0.0 RUNNING');
  expect(await remains(stack)).toEqual({
    ...nothingRemains,
    tagged: ['flaky-0001', 'silent-0001'],
  });
  const touched = inspect
    .deployments()
    .filter(({ targetArn }) => /:thing\/|gw-remedy-/.test(targetArn))
    .flatMap(({ executions }) => executions)
    .map(({ thingName }) => thingName);
  expect(touched.filter((name) => name.startsWith('plain-'))).toEqual([]);
});
