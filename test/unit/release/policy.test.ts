import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { nextTime } from '../../../src/files/cron-times.js';
import { packagedPolicies } from '../../../src/files/packaged-policies.js';
import { frozenBy, openWindow } from '../../../src/domain/release/freeze.js';
import {
  destinationsOf,
  parsePolicy,
  unknownTargets,
  versionRefusal,
} from '../../../src/domain/release/policy.js';

const component = 'com.example.Thermostat';
const policy = (more: Record<string, unknown> = {}, file = 'policies/p.yaml') =>
  parsePolicy({ components: [component], targets: ['thinggroup/a'], ...more }, file);

test('every policy of the package can be read', async () => {
  const policies = await packagedPolicies('.');
  expect(policies.map(({ name }) => `${name}.yaml`)).toEqual(readdirSync('policies').sort());
  const written: unknown = parse(readFileSync('policies/thermostat.yaml', 'utf8'));
  expect(written).toMatchObject({ components: [component] });
});

test.each([
  [{ versions: 'latest' }, 'policies/p.yaml: versions: "latest" is not a range of versions'],
  [{ newer: 'abort' }, 'policies/p.yaml: newer: "abort" is not queue, replace, refuse'],
  [{ strategy: { waves: [{ devices: 5, percent: 5 }] } }, 'policies/p.yaml: strategy.waves[0]:'],
  [
    { freeze: [{ cron: 'friday', duration: '1h', reason: 'x' }] },
    'freeze[0].cron: "friday" is not',
  ],
  [{ zz: 1 }, 'zz: unknown field'],
])('a policy with %p is refused', (more, problem) => {
  expect(() => policy(more)).toThrow(problem);
});

test('pre-releases go nowhere unless the policy wants them, nor do versions out of its range', () => {
  expect(versionRefusal(policy(), '1.4.0')).toBeUndefined();
  expect(versionRefusal(policy(), '1.4.0-rc.1')).toBe(
    '1.4.0-rc.1 is a pre-release, and preReleases is false',
  );
  expect(versionRefusal(policy({ preReleases: true }), '1.4.0-rc.1')).toBeUndefined();
  expect(versionRefusal(policy({ versions: '>=2 <3' }), '1.4.0')).toBe('1.4.0 is not in >=2 <3');
  expect(versionRefusal(policy({ versions: '>=2 <3' }), '2.4.0')).toBeUndefined();
});

test('a version goes to each target of its policies once, by the first policy that takes it', () => {
  const stable = policy({ versions: '>=2' }, 'stable.yaml');
  const all = policy(
    { components: ['com.example.*'], targets: ['thinggroup/a', 'thinggroup/b'] },
    'rest.yaml',
  );
  const names = (version: string, targets?: string[]) =>
    destinationsOf([stable, all], { component, version, ...(targets && { targets }) }).map(
      ({ policy: { name }, target, refusal }) => [name, target, refusal],
    );
  expect(names('2.0.0')).toEqual([
    ['stable', 'thinggroup/a', undefined],
    ['rest', 'thinggroup/b', undefined],
  ]);
  expect(names('1.0.0')[0]).toEqual(['rest', 'thinggroup/a', undefined]);
  const arn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/b';
  expect(names('1.0.0', [arn])).toEqual([['rest', 'thinggroup/b', undefined]]);
  expect(unknownTargets([all], { component, targets: ['thinggroup/c', arn] })).toEqual([
    'thinggroup/c',
  ]);
});

const at = (iso: string) => Date.parse(iso);
const weekend = {
  cron: '0 15 * * FRI',
  durationSeconds: 64 * 3600,
  timeZone: 'Europe/Berlin',
  reason: 'weekend',
};

test.each([
  // 15:00 in Berlin is 14:00 UTC in winter, 13:00 in summer.
  ['2026-01-09T13:59:59Z', undefined],
  ['2026-01-09T14:00:00Z', '2026-01-12T06:00:00.000Z'],
  ['2026-01-12T05:59:59Z', '2026-01-12T06:00:00.000Z'],
  ['2026-01-12T06:00:00Z', undefined],
  ['2026-07-10T12:59:59Z', undefined],
  ['2026-07-10T13:00:00Z', '2026-07-13T05:00:00.000Z'],
  // The clocks go forward within the window: it lasts 64 hours all the same.
  ['2026-03-30T05:59:59Z', '2026-03-30T06:00:00.000Z'],
])('at %s the weekend is frozen until %s', (now, until) => {
  const open = openWindow([weekend], at(now), nextTime);
  expect(open && new Date(open.until).toISOString()).toBe(until);
});

test('of windows that overlap the last to end counts', () => {
  const hourly = { cron: '0 * * * *', durationSeconds: 5400, timeZone: 'UTC', reason: 'h' };
  const open = openWindow([hourly, weekend], at('2026-01-05T08:10:00Z'), nextTime);
  expect(open).toEqual({ reason: 'h', until: at('2026-01-05T09:30:00Z') });
});

test('a freeze of everything, or of the target, stops the line', () => {
  const freeze = { by: 'ada', reason: 'fair', at: '2026-01-05T08:00:00Z' };
  expect(frozenBy([freeze], 'thinggroup/a')).toBe(
    'everything is frozen by ada since 2026-01-05T08:00:00Z: fair',
  );
  const ofOne = { ...freeze, target: 'thinggroup/b' };
  expect(frozenBy([ofOne], 'thinggroup/a')).toBeUndefined();
  expect(frozenBy([ofOne], 'thinggroup/b')).toContain('thinggroup/b is frozen by ada');
});
