import type { PlanShown } from '../../../cli/plan-view.js';
import { nothingAround } from '../../../src/domain/preflight/preflight.js';
import { usualStrategy } from '../../support/usual-strategy.js';

const thermostat = (componentVersion: string, configurationUpdate: object) => ({
  components: { 'com.example.Thermostat': { componentVersion, configurationUpdate } },
});

/** A plan with something of everything. */
export const shown: PlanShown = {
  file: {
    name: 'thermostat-1.1.0',
    target: 'thinggroup/thermostats',
    release: { components: {} },
    strategy: {
      waves: [],
      ...usualStrategy,
    },
  },
  facts: {
    readAt: Date.parse('2026-01-05T08:00:00Z'),
    targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats',
    exists: true,
    members: Array.from({ length: 14 }, (_, i) => `thermostats-${i + 1}`),
    coreDevices: [],
    revisions: [],
    components: [],
    openRollouts: [],
    preflight: nothingAround,
  },
  plan: {
    order: [
      { thing: 'thermostats-1', platform: 'linux/amd64' },
      { thing: 'thermostats-2', platform: 'linux/amd64' },
    ],
    ineligible: [{ thing: 'thermostats-3', reason: 'nucleus lite' }],
    unheard: Array.from({ length: 10 }, (_, i) => ({
      thing: `thermostats-${i + 4}`,
      reason: 'UNHEALTHY',
    })),
    notCoreDevices: ['thermostats-14'],
    waves: [
      { name: 'canary', size: 1, bakeSeconds: 1800, approval: false },
      { name: '100%', size: 2, bakeSeconds: 7200, approval: false },
    ],
    baseline: {
      deploymentId: 'b-1',
      revisionId: '3',
      document: thermostat('1.0.0', { merge: '{"sampleSeconds":60}' }),
    },
    releaseDocument: thermostat('1.1.0', { merge: '{"sampleSeconds":30}' }),
    revertDocument: thermostat('1.0.0', {
      merge: '{"sampleSeconds":60}',
      reset: ['/sampleSeconds'],
    }),
    uninstalls: ['com.example.OldAgent'],
    warnings: ['no revision ever set /sampleSeconds'],
    preflight: { kinds: [], pins: {}, pinsBefore: {}, unpinned: [] },
    estimate: { admissionCalls: 2, callsPerLook: 7, minimumSeconds: 9000 },
  },
};
