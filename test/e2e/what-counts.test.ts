import { expect, test } from '@jest/globals';
import { failing } from '../support/bad-releases.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { say } from '../support/operator.js';
import { startStack } from '../support/stack.js';

const id = 'thermostat-1.1.0-aaaaaaaa';
const usual = rolloutTo('1.1.0');
const file = {
  ...usual,
  strategy: {
    ...usual.strategy,
    waves: [
      { name: 'canary', devices: 5, bake: '30m', approval: true },
      { percent: 100, bake: '5m' },
    ],
  },
};

test('an incident that breaks devices with and without the release holds, and does not abort', async () => {
  const stack = await startStack(
    thermostats(60, {
      timeline: [
        { at: '15m', does: 'break', group: 'thermostats', share: 0.8, component: thermostat },
      ],
    }),
  );
  await stack.run(id, file);
  const held = await stack.rollouts.existing(id);
  expect(held).toMatchObject({ phase: 'Held', wave: 0, judgement: { verdict: 'Hold' } });
  const { health, component } = held.evidence.failedRanks;
  expect(health.length).toBeGreaterThanOrEqual(3);
  expect(component).toEqual(health);
  expect(held.evidence.compared.health.controls.length).toBeGreaterThan(30);
  expect(held.judgement?.evidence?.aborts).toBe(false);
  expect(held.failures[0]?.why).toContain(`${thermostat} 1.1.0 is BROKEN`);
});

test('a release that breaks devices after it succeeded is aborted by their health', async () => {
  const stack = await startStack(
    thermostats(60, {
      behaviours: [
        {
          component: thermostat,
          version: '1.1.0',
          share: 0.8,
          outcome: 'BROKEN',
          afterSeconds: 300,
        },
      ],
    }),
  );
  await stack.run(id, file);
  const aborted = await stack.rollouts.existing(id);
  expect(aborted).toMatchObject({
    phase: 'Aborted',
    hit: 5,
    endReason: expect.stringMatching(
      /^UNHEALTHY [345] of the first [345] started, and 0 of 5\d without the release; evidence of health .* >= 80$/,
    ),
  });
});

test('failures by the network are shown apart and hold, a person who accepts them lets the wave go on', async () => {
  const stack = await startStack(
    thermostats(60, {
      behaviours: [
        {
          ...failing(0.5),
          detailedStatus: 'FAILED_NO_STATE_CHANGE',
          errorStack: ['DEPLOYMENT_FAILURE', 'ARTIFACT_DOWNLOAD_ERROR', 'NETWORK_ERROR'],
          errorTypes: ['NETWORK_ERROR'],
        },
      ],
    }),
  );
  await stack.run(id, { ...file, strategy: { ...file.strategy, onHold: 'abort' } });
  const held = await stack.rollouts.existing(id);
  expect(held).toMatchObject({ phase: 'Held', wave: 0 });
  expect(held.judgement?.reason).toMatch(
    /^not by the release: infrastructure \([2345]\) \+ foreign \(0\) > 10 % of 5 devices, at least 1 = 1; evidence 1 < 40$/,
  );
  expect(held.evidence.failedRanks.deployment).toEqual([]);
  expect(held.failures[0]).toMatchObject({ status: 'FAILED', apart: 'infrastructure' });

  await say(stack, id, 'approve', 'the uplink of the site was down');
  await stack.cloud.clock.advance(3600);
  expect(await stack.rollouts.existing(id)).toMatchObject({
    phase: 'AwaitingApproval',
    wave: 0,
    evidence: { acceptedApart: held.evidence.apart.length },
    judgement: { numbers: { failed: 0 } },
  });
});
