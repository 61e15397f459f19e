import { expect, test } from '@jest/globals';
import { connectWith } from '../../cli/clients.js';
import { playRemediation } from '../../cli/demo/remediation-act.js';
import { deploys, takesTargetBack } from '../../cli/demo/remediation-week.js';
import { thermostat } from '../support/fleets.js';
import { recordingTerminal } from '../support/recording-terminal.js';
import { startStack } from '../support/stack.js';

const group = (count: number) => ({
  count,
  deploySeconds: { median: 10, p99: 20 },
  deployed: { [thermostat]: { componentVersion: '1.0.0' } },
});

/** The demonstration's week in half a day, on a tenth of its fleet. */
test('the demonstration of remediation accounts for every device: repaired, told, or never touched', async () => {
  const stack = await startStack(
    {
      seed: 7,
      components: ['1.0.0', '1.1.0', '1.1.1', '1.2.0'].map(
        (version) => `examples/recipes/thermostat-${version}.yaml`,
      ),
      thingGroups: { thermostats: group(40), greenhouses: group(10) },
      behaviours: [
        { component: thermostat, version: '1.1.0', share: 0.1, outcome: 'FAILED' },
        {
          component: thermostat,
          version: '1.2.0',
          share: 0.5,
          outcome: 'BROKEN',
          afterSeconds: 60,
        },
      ],
      timeline: [
        { at: '3.1h', things: ['thermostats-0005'], does: 'break', component: thermostat },
        { at: '30m', things: ['thermostats-0003'], does: 'stick' },
      ],
    },
    'max',
    { isRemediated: true },
  );
  const { cloud, config } = stack;
  const { terminal, out } = recordingTerminal();
  const { signal } = new AbortController();
  const connections = connectWith('dev', config);
  const report = await playRemediation(
    { cloud, connections, stage: 'dev', signal, terminal, isSilent: false },
    {
      days: 0.5,
      deeds: [
        { afterHours: 1, act: deploys('thermostats', '1.1.0') },
        { afterHours: 2.1, act: deploys('greenhouses', '1.2.0') },
        { afterHours: 3.1, act: takesTargetBack },
      ],
    },
    performance.now(),
  );
  expect(report?.checks.filter(({ isTrue }) => !isTrue)).toEqual([]);
  expect(report?.causes).toEqual([
    {
      ...{ cause: 'ComponentFailed', sicknesses: 4, done: { retry: 12 }, told: 4 },
      ...{ recovered: 0, withPerson: 4, waiting: 0 },
    },
    {
      ...{ cause: 'BrokenComponent', sicknesses: 1, done: { redeliver: 1 }, told: 0 },
      ...{ recovered: 1, withPerson: 0, waiting: 0 },
    },
    {
      ...{ cause: 'StuckDeployment', sicknesses: 1, done: { cancelExecution: 1 }, told: 1 },
      ...{ recovered: 0, withPerson: 1, waiting: 0 },
    },
  ]);
  expect(report?.systemic).toMatchObject({ sick: 7, size: 10, recovered: 7 });
  expect(report?.runs).toMatchObject({ all: 49, failed: 0 });
  expect(out[0]).toBe('01-05 09:00:00  somebody deploys 1.1.0 to all thermostats');
});
