import type { Place } from '../../../src/domain/release/line.js';

/** A place that waits, of a release from GitHub. */
export const place = (more: Partial<Place> = {}): Place => ({
  releaseId: 'github-1',
  component: 'com.example.Thermostat',
  version: '1.4.0',
  target: 'thinggroup/a',
  targetArn: 'arn:aws:iot:eu-west-1:123456789012:thinggroup/a',
  policy: 'p',
  newer: 'queue',
  freeze: [],
  rollout: {},
  rolloutId: 'thermostat-1.4.0-aaaaaaaa',
  attempt: 1,
  state: 'Waiting',
  reason: 'its turn has not come yet',
  queuedAt: '2026-01-05T08:00:00Z',
  writes: 0,
  ...more,
});
