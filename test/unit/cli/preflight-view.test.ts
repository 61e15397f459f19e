import { expect, test } from '@jest/globals';
import { planLines, planObject } from '../../../cli/plan-view.js';
import { nothingAround } from '../../../src/domain/preflight/preflight.js';
import { shown } from './shown-plan.js';

test('what devices get is told for each kind of them, pins apart from what the release names', () => {
  const preflight = {
    kinds: [
      {
        platform: 'linux/amd64',
        devices: 2,
        comparedWith: 'thermostats-1',
        others: ['thinggroup/sensors'],
        components: [
          { component: 'A', version: '1.1.0', from: '1.0.0', asks: ['the release pins A 1.1.0'] },
          { component: 'B', version: '2.0.0', from: '2.0.0', asks: ['A 1.1.0 requires B ^2.0.0'] },
          { component: 'C', version: '1.0.0', from: null, asks: ['B 2.0.0 requires C *'] },
        ],
        removed: [{ component: 'D', version: '3.0.0' }],
      },
      { platform: 'linux/aarch64', devices: 1, others: [], components: [], removed: [] },
    ],
    pins: { B: '2.0.0', C: '1.0.0' },
    pinsBefore: { B: '1.9.0' },
    unpinned: [{ component: 'E', reason: 'not all devices need it' }],
  };
  const document = (components: Record<string, string>) => ({
    components: Object.fromEntries(
      Object.entries(components).map(([name, componentVersion]) => [name, { componentVersion }]),
    ),
  });
  const plan = {
    ...shown.plan,
    preflight,
    baseline: {
      deploymentId: 'b-1',
      revisionId: '3',
      document: document({ A: '1.0.0', B: '1.9.0' }),
    },
    releaseDocument: document({ A: '1.1.0', B: '2.0.0', C: '1.0.0' }),
    revertDocument: document({ A: '1.0.0', B: '1.9.0' }),
  };
  const neighbours = [
    {
      targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/sensors',
      deploymentId: 's-1',
      document: document({ F: '1.0.0' }),
      things: ['thermostats-1', 'thermostats-2'],
    },
  ];
  const facts = { ...shown.facts, preflight: { ...nothingAround, neighbours } };
  const lines = planLines({ ...shown, plan, facts }, false);
  expect(lines.slice(5, 7)).toEqual([
    'Others deploy to these devices too',
    '  thinggroup/sensors on 2 things: F 1.0.0 (deployment s-1)',
  ]);
  const from = lines.indexOf('The release');
  expect(lines.slice(from, lines.indexOf('Uninstalled'))).toEqual([
    'The release',
    '  A: 1.0.0 -> 1.1.0',
    '',
    'What devices get',
    '  linux/amd64: 2 devices, with thinggroup/sensors, compared with thermostats-1',
    '    component  version           because',
    '    A          1.0.0 -> 1.1.0    the release pins A 1.1.0',
    '    B          2.0.0 stays       A 1.1.0 requires B ^2.0.0',
    '    C          1.0.0 is added    B 2.0.0 requires C *',
    '    D          3.0.0 is removed',
    '  linux/aarch64: 1 device',
    '    component  version  because',
    '',
    'Dependencies, pinned for the rollout',
    '  B 1.9.0 -> 2.0.0',
    '  C 1.0.0',
    '  E is not pinned: not all devices need it',
    '',
    'The way back would set',
    '  A: 1.1.0 -> 1.0.0',
    '',
  ]);
  expect(planObject({ ...shown, plan, facts })).toMatchObject({ preflight, others: neighbours });
});
