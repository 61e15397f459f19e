import { expect, test } from '@jest/globals';
import { planLines, planObject } from '../../../cli/plan-view.js';
import { nothingAround } from '../../../src/domain/preflight/preflight.js';
import { shown } from './shown-plan.js';

test('a plan tells who gets the release when, what it changes, the way back, who is left out and what it takes', () => {
  expect(planLines(shown, false)).toEqual([
    'thermostat-1.1.0 on arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats',
    '',
    'Members: 14 things: 2 in waves, 10 last, 1 ineligible, 1 left out',
    'Baseline: deployment b-1, revision 3',
    '',
    'Waves',
    '  wave    devices  of them new  bake',
    '  canary        1            1  30m',
    '  100%          2            1  2h',
    '  then the target itself',
    '',
    'A release that fails on this share of the devices',
    '  gets past the wave:',
    '  wave    devices  1 %   5 %   10 %  20 %  50 %',
    '  canary        1  99 %  95 %  90 %  80 %  50 %',
    '  100%          2  98 %  90 %  81 %  64 %  25 %',
    '  devices that have it when it is aborted, if it is (how likely by then):',
    '  wave    devices  1 %          5 %        10 %     20 %     50 %',
    '  canary        1  -            -          -        -        -',
    '  100%          2  2 (< 0.1 %)  2 (0.3 %)  2 (1 %)  2 (4 %)  2 (25 %)',
    "  canary: 1 device can't show a failure rate under 95 %",
    "  100%: 2 devices can't show a failure rate under 78 %",
    '',
    'The release',
    '  com.example.Thermostat: 1.0.0 -> 1.1.0',
    '  com.example.Thermostat: merges {"sampleSeconds":30}',
    '',
    'The way back would set',
    '  com.example.Thermostat: 1.1.0 -> 1.0.0',
    '  com.example.Thermostat: resets /sampleSeconds',
    '  com.example.Thermostat: merges {"sampleSeconds":60}',
    '',
    'Uninstalled',
    '  com.example.OldAgent',
    '',
    'Last, without a rank',
    '  10 devices: UNHEALTHY: thermostats-4, thermostats-5, thermostats-6, thermostats-7, thermostats-8, thermostats-9, thermostats-10, thermostats-11, and 2 more',
    '',
    'Ineligible, reached only at the end',
    '  1 device: nucleus lite: thermostats-3',
    '',
    'Left out: no core devices',
    '  thermostats-14',
    '',
    'To know',
    '  no revision ever set /sampleSeconds',
    '',
    'It takes 2h 30m at least, 2 calls to admit the devices and 7 calls per look.',
    'Nothing has been changed.',
  ]);
});

test('a target without a deployment is said to have no baseline', () => {
  const plan = { ...shown.plan, baseline: undefined };
  expect(planLines({ ...shown, plan }, false)[3]).toBe(
    'Baseline: none, the target has no deployment yet; an empty one comes first',
  );
});

test('the plan of one thing names the device, its other deployments, and no target to promote', () => {
  const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thing/thermostats-1';
  const others = [
    {
      targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats',
      deploymentId: 'g-1',
      document: { components: { 'com.example.Logger': { componentVersion: '2.0.0' } } },
      things: ['thermostats-1'],
    },
    {
      targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/all',
      deploymentId: 'g-2',
      document: { components: {} },
      things: ['thermostats-1'],
    },
  ];
  const plan = {
    ...shown.plan,
    baseline: undefined,
    order: [{ thing: 'thermostats-1', platform: 'linux/amd64' }],
    ineligible: [],
    unheard: [],
    notCoreDevices: [],
    waves: [{ name: 'device', size: 1, bakeSeconds: 1800, approval: false }],
    uninstalls: [],
    warnings: [],
    estimate: { admissionCalls: 1, callsPerLook: 5, minimumSeconds: 1800 },
  };
  const facts = {
    ...shown.facts,
    targetArn,
    members: ['thermostats-1'],
    preflight: { ...nothingAround, neighbours: others },
  };
  const lines = planLines({ ...shown, plan, facts }, false);
  expect(lines.slice(0, 12)).toEqual([
    'thermostat-1.1.0 on arn:aws:iot:eu-west-1:123456789012:thing/thermostats-1',
    '',
    'Device: linux/amd64',
    'Baseline: none, the thing has no deployment of its own',
    '',
    'By its groups it also gets',
    '  thinggroup/thermostats: com.example.Logger 2.0.0 (deployment g-1)',
    '  thinggroup/all: no component (deployment g-2)',
    '',
    'Waves',
    '  wave    devices  of them new  bake',
    '  device        1            1  30m',
  ]);
  expect(lines.slice(12, 14)).toEqual(['', 'The release']);
  expect(lines.at(-2)).toBe('It takes 30m at least, 5 calls per look.');
  expect(planObject({ ...shown, plan, facts })).toMatchObject({ others });
});
