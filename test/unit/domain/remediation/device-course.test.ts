import { describe, expect, test } from '@jest/globals';
import {
  begun,
  closed,
  escalated,
  failed,
  hung,
  recovered,
  repairOf,
} from '../../../../src/domain/remediation/device-course.js';
import type { Remedy } from '../../../../src/domain/remediation/causes.js';
import { diagnose, type DeviceFacts } from '../../../../src/domain/remediation/diagnosis.js';
import { selectDevices } from '../../../../src/domain/remediation/selection.js';
import { faultKey, isFormer, isTold } from '../../../../src/domain/remediation/systemic.js';
import { settings as usual } from './settings-fixture.js';

const settings = { ...usual, attempts: 2 };
const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';
const at = '2026-01-05T12:00:00.000Z';
const moment = { at, now: Date.parse(at) };
const diagnosis = {
  cause: 'StuckDeployment' as const,
  evidence: ['it hangs'],
  keys: ['d-1'],
  ...{ deploymentId: 'd-1', targetArn, jobId: 'j-1' },
};
const inRepair = (remedy: Remedy) =>
  begun('t-1', undefined, diagnosis, repairOf('run/t-1', remedy, diagnosis, moment.now), moment);

describe('what was cancelled on a device is still to be given to it', () => {
  test('once its queue is free, once it hangs, and where it has not answered', () => {
    const record = inRepair('cancelExecution');
    expect(recovered(record, 'it took it', settings, moment).owed).toBe('d-1');
    expect(hung(record, 'it takes nothing', moment).owed).toBe('d-1');
    expect(failed(record, 'it is away', settings, moment)).toMatchObject({
      state: 'BackingOff',
      owed: 'd-1',
    });
    expect(failed({ ...record, attempts: 2 }, 'it is away', settings, moment)).toMatchObject({
      state: 'Quarantined',
      owed: 'd-1',
    });
  });

  test('until it has been given, whatever else is repaired meanwhile', () => {
    const owing = { ...inRepair('retry'), owed: 'd-1' };
    expect(recovered(owing, 'it has it', settings, moment)).not.toHaveProperty('owed');
    const other = { ...owing, deploymentId: 'd-2' };
    expect(recovered(other, 'it is HEALTHY', settings, moment)).toMatchObject({
      state: 'Recovered',
      owed: 'd-1',
    });
  });

  test('but nothing where nothing was cancelled', () => {
    expect(failed(inRepair('retry'), 'it failed', settings, moment)).not.toHaveProperty('owed');
  });
});

test('the history says where the device was with remediation, and for what', () => {
  const record = inRepair('cancelExecution');
  const told = hung(record, 'it takes nothing', moment);
  const well = closed(told, moment);
  expect(well.history.map(({ state, cause, remedy }) => [state, cause, remedy])).toEqual([
    ['Repairing', 'StuckDeployment', 'cancelExecution'],
    ['Escalated', 'HungNucleus', undefined],
    ['Recovered', 'HungNucleus', undefined],
  ]);
  const first = escalated('t-2', undefined, { ...diagnosis, cause: 'Silent' }, moment);
  expect(first.history).toMatchObject([{ state: 'Escalated', cause: 'Silent' }]);
});

describe('a device that nothing is known against', () => {
  const facts = (status: string): DeviceFacts => ({
    thing: 't-1',
    coreVersion: '2.15.0',
    isLite: false,
    status: 'HEALTHY',
    lastStatusAt: moment.now,
    connectivity: { isConnected: true, since: moment.now },
    broken: [],
    current: [
      {
        ...{ deploymentId: 'd-2', targetArn, jobId: 'j-2', status, modifiedAt: moment.now },
        ...{ reason: '', detailedStatus: undefined, errorStack: [], errorTypes: [] },
        ...{ versions: {}, formerDeploymentId: undefined },
      },
    ],
  });
  const past = { settled: [], owed: undefined };

  test('is well once it has taken what waits for it, not before', () => {
    expect(diagnose(facts('QUEUED'), past, settings, moment.now)).toBe('busy');
    expect(diagnose(facts('SUCCEEDED'), past, settings, moment.now)).toBe('well');
  });
});

test('people are told of a sick release once for each revision of the target', () => {
  const fault = {
    ...{ targetArn, deploymentId: 'd-1', component: 'com.example.A', version: '1.1.0' },
    ...{ sick: 30, size: 100 },
  };
  const suspect = { targetArn, deploymentId: 'd-1', size: 100, things: [] };
  const told = [faultKey(fault)];
  expect(isTold(suspect, told)).toBe(true);
  expect(isTold({ ...suspect, deploymentId: 'd-2' }, told)).toBe(false);
  // While it is taken back devices still report what they had.
  expect(isFormer(fault, { [fault.component]: '0.9.0' })).toBe(true);
  expect(isFormer(fault, { [fault.component]: fault.version })).toBe(false);
  expect(isFormer(fault, { Other: '0.9.0' })).toBe(false);
  expect(faultKey({ ...fault, deploymentId: 'd-2' })).not.toBe(faultKey(fault));
});

test('a silent device is told once, whatever it has failed at before it fell silent', () => {
  const told = escalated(
    't-1',
    undefined,
    { ...diagnosis, cause: 'Silent', keys: ['silent'] },
    moment,
  );
  const failure = { thing: 't-1', key: 'd-1', targetArns: [targetArn] };
  const seen = {
    targets: [{ targetArn, deploymentId: 'd-1', size: 100, isLocked: false }],
    signs: [{ thing: 't-1', key: 'silent', targetArns: [] }, failure],
    away: new Set(['t-1']),
    held: new Set<string>(),
    records: new Map([['t-1', told]]),
  };
  const chosen = (now: typeof seen) =>
    selectDevices(now, new Set(), settings, { only: undefined, isAsked: false }, moment.now);
  expect(chosen(seen)).toMatchObject({ things: [], left: { escalated: 1 } });
  expect(chosen({ ...seen, signs: [failure], away: new Set() }).things).toEqual(['t-1']);
});
