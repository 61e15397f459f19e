import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffSeconds } from '../../../../src/domain/remediation/device-course.js';
import type { DeviceRecord } from '../../../../src/domain/remediation/device-record.js';
import {
  selectDevices,
  type SeenFleet,
  type Wanted,
} from '../../../../src/domain/remediation/selection.js';
import {
  faultOf,
  rollBackCommand,
  sampleOf,
  suspectsOf,
} from '../../../../src/domain/remediation/systemic.js';
import { settings } from './settings-fixture.js';

const HOUR = 3600_000;
const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';
const target = { targetArn, deploymentId: 'd-1', size: 100, isLocked: false };
const all: Wanted = { only: undefined, isAsked: false };
const nobody = new Set<string>();
const now = 1000 * HOUR;

const record = (thing: string, more: Partial<DeviceRecord>): DeviceRecord => ({
  thing,
  state: 'BackingOff',
  cause: 'BrokenComponent',
  evidence: [],
  keys: ['unhealthy'],
  attempts: 1,
  settled: [],
  since: now - HOUR,
  history: [],
  version: 1,
  ...more,
});

const seen = (things: readonly string[], more: Partial<SeenFleet> = {}): SeenFleet => ({
  targets: [target],
  signs: things.map((thing) => ({ thing, key: 'unhealthy', targetArns: [targetArn] })),
  away: nobody,
  held: nobody,
  records: new Map(),
  ...more,
});
const kept = (...records: DeviceRecord[]) =>
  new Map(records.map((one) => [one.thing, one] as const));
const names = (count: number) => Array.from({ length: count }, (_, i) => `t-${100 + i}`);

describe('the budget', () => {
  test('never has more devices in repair than maxDevices, nor than maxPercent of a target, nor one that is to be left alone', () => {
    const state = fc.constantFrom(
      'Repairing',
      'BackingOff',
      'Escalated',
      'Quarantined',
      'Recovered',
    );
    const device = fc.record({
      isSick: fc.boolean(),
      isHeld: fc.boolean(),
      isAway: fc.boolean(),
      state: fc.option(state, { nil: undefined }),
      nextAt: fc.integer({ min: now - HOUR, max: now + HOUR }),
    });
    fc.assert(
      fc.property(
        fc.array(device, { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 100 }),
        (devices, maxDevices, size, maxPercent) => {
          const facts = devices.map((one, i) => ({ ...one, thing: `t-${100 + i}` }));
          const chosen = selectDevices(
            seen(
              facts.filter(({ isSick }) => isSick).map(({ thing }) => thing),
              {
                targets: [{ ...target, size }],
                held: new Set(facts.filter(({ isHeld }) => isHeld).map(({ thing }) => thing)),
                away: new Set(facts.filter(({ isAway }) => isAway).map(({ thing }) => thing)),
                records: kept(
                  ...facts.flatMap((one) =>
                    one.state ? [record(one.thing, { state: one.state, nextAt: one.nextAt })] : [],
                  ),
                ),
              },
            ),
            nobody,
            { ...settings, maxDevices, maxPercent },
            all,
            now,
          );
          const byName = new Map(facts.map((one) => [one.thing, one]));
          const following = facts.filter((one) => one.state === 'Repairing').length;
          const fresh = chosen.things
            .map((thing) => byName.get(thing))
            .filter((one) => one?.isSick && one.state !== 'Repairing');
          expect(chosen.things.length).toBeLessThanOrEqual(40);
          expect(new Set(chosen.things).size).toBe(chosen.things.length);
          const most = Math.max(1, Math.floor((size * maxPercent) / 100));
          expect(fresh.length).toBeLessThanOrEqual(Math.max(0, maxDevices - following));
          expect(fresh.length).toBeLessThanOrEqual(most);
          for (const one of fresh) {
            expect([one?.isHeld, one?.isAway]).toEqual([false, false]);
            expect(['Quarantined', 'Escalated']).not.toContain(one?.state);
            if (one?.state === 'BackingOff') expect(one.nextAt).toBeLessThanOrEqual(now);
          }
        },
      ),
    );
  });

  test('repairs under way take places, of the run and of the target', () => {
    const records = kept(record('t-100', { state: 'Repairing', targetArn }));
    const few = { ...settings, maxDevices: 3 };
    expect(selectDevices(seen(names(9), { records }), nobody, few, all, now)).toMatchObject({
      things: ['t-100', 't-101', 't-102'],
      sick: 9,
      left: { overBudget: 6 },
    });
    const small = seen(names(9), { records, targets: [{ ...target, size: 20 }] });
    expect(selectDevices(small, nobody, settings, all, now).things).toEqual(['t-100', 't-101']);
  });

  test('a device that is away is waited for, a silent one is for a person', () => {
    const away = new Set(['t-100', 't-101']);
    const signs = [
      { thing: 't-100', key: 'unhealthy', targetArns: [targetArn] },
      { thing: 't-101', key: 'silent', targetArns: [] },
    ];
    expect(selectDevices(seen([], { signs, away }), nobody, settings, all, now)).toMatchObject({
      things: ['t-101'],
      left: { away: 1 },
    });
  });

  test('an escalated device is left alone until something else is wrong with it', () => {
    const records = kept(record('t-100', { state: 'Escalated', keys: ['d-0'] }));
    const same = { thing: 't-100', key: 'd-0', targetArns: [targetArn] };
    const news = { thing: 't-100', key: 'd-1', targetArns: [targetArn] };
    const things = (signs: SeenFleet['signs'], wanted = all) =>
      selectDevices(seen([], { signs, records }), nobody, settings, wanted, now).things;
    expect(things([same])).toEqual([]);
    expect(things([same, news])).toEqual(['t-100']);
    expect(things([same], { only: new Set(['t-100']), isAsked: true })).toEqual(['t-100']);
    expect(things([])).toEqual(['t-100']);
  });

  test('a failure at a target that a rollout has is left to the rollout', () => {
    const signs = [{ thing: 't-100', key: 'd-1', targetArns: [targetArn] }];
    const targets = [{ ...target, isLocked: true }];
    expect(selectDevices(seen([], { signs, targets }), nobody, settings, all, now)).toMatchObject({
      things: [],
      left: { held: 1 },
    });
  });
});

test('the wait doubles with each attempt that failed', () => {
  expect([1, 2, 3, 4].map((attempt) => backoffSeconds(attempt, settings))).toEqual([
    3600, 7200, 14_400, 28_800,
  ]);
});

describe('a systemic fault', () => {
  const ill = { component: 'com.example.Thermostat', version: '1.1.0' };

  test('needs more than systemicPercent of a target and at least three devices', () => {
    expect(suspectsOf(seen(names(20)), settings)).toEqual([]);
    expect(suspectsOf(seen(names(21)), settings)).toMatchObject([{ size: 100 }]);
    const tiny = { targets: [{ ...target, size: 2 }] };
    expect(suspectsOf(seen(names(2), tiny), settings)).toEqual([]);
  });

  test('is one of a component version only if so many are sick with the same one', () => {
    const suspect = { targetArn, deploymentId: 'd-1', size: 100, things: names(40) };
    expect(sampleOf(suspect)).toHaveLength(25);
    const answers = sampleOf(suspect).map((_, i) => (i < 15 ? ill : undefined));
    expect(faultOf(suspect, answers, settings)).toMatchObject({ ...ill, sick: 24, size: 100 });
    expect(faultOf(suspect, answers.slice(10), settings)).toBeUndefined();
  });

  test('of which none is touched by itself', () => {
    const sick = names(30);
    expect(selectDevices(seen(sick), new Set(sick), settings, all, now)).toMatchObject({
      things: [],
      left: { systemic: 30 },
    });
  });

  test('comes with the command that takes the target back', () => {
    const fault = { targetArn, deploymentId: 'd-1', ...ill, sick: 24, size: 100 };
    expect(rollBackCommand(fault, '1.0.0')).toBe(
      `echo '{"name":"back-to-1.0.0","target":"thinggroup/thermostats","release":{"components":{"com.example.Thermostat":{"version":"1.0.0"}}}}' | greenwave rollout /dev/stdin`,
    );
  });
});
